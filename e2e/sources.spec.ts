import type { Page } from "@playwright/test";

import { seriousFindings } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { kialiGraph, startJsonServer, type JsonServer } from "./json-server.ts";
import { configFile } from "./real/config-file.ts";

let system: JsonServer;

test.beforeEach(async () => {
  system = await startJsonServer();
  system.documents.set("/mesh/graph", () =>
    kialiGraph(Date.now(), {
      "use1/users > use1/web": 900,
      "use1/web > use1/cart": 400,
      "use1/cart > euw1/stock": 120,
      "euw1/users > euw1/web": 500,
      "euw1/web > euw1/stock": 200,
    }),
  );
  system.documents.set("/traces/dependencies", () => [
    { parent: "web", child: "recommendations", callCount: 36_000 },
  ]);
  // Ten minutes old, and never anything newer.
  const then = Date.now() - 600_000;
  system.documents.set("/old/graph", () => kialiGraph(then, { "use1/batch > use1/reports": 5 }));
});

test.afterEach(() => system.stop());

const config = () =>
  configFile({
    feeds: [
      {
        name: "shop",
        title: "Shop",
        sources: [
          { name: "mesh", kind: "poll", format: "kiali", url: `${system.url}/mesh/graph`, interval: "1s" },
          {
            name: "traces",
            kind: "poll",
            format: "zipkin",
            url: `${system.url}/traces/dependencies`,
            interval: "1s",
            timeout: "1s",
            regions: { default: "us-east-1" },
          },
          { name: "archive", kind: "poll", format: "kiali", url: `${system.url}/old/graph`, interval: "1s" },
        ],
        regions: { clusters: { use1: "us-east-1", euw1: "eu-west-1" } },
      },
    ],
  });

const row = (page: Page, name: string) =>
  page
    .getByRole("dialog", { name: "Sources" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

test("a source dies and comes back: the page says so, and the others go on", async ({ spillway, serve }) => {
  const { url } = await serve(["--config", config()]);
  const { page } = spillway;
  await spillway.open(`${url}?in=us-east-1`);
  await expect(spillway.state).toHaveText(/^Live.*as of/);
  await expect(spillway.node("recommendations")).toBeAttached();

  await spillway.state.click();
  await page.getByRole("button", { name: "How each source is" }).click();
  await expect(row(page, "mesh")).toContainText("Fresh");
  await expect(row(page, "traces")).toContainText("Fresh");
  await expect(row(page, "archive")).toContainText("10 min old");
  expect(await seriousFindings(page)).toEqual([]);

  const answering = system.documents.get("/traces/dependencies");
  system.documents.delete("/traces/dependencies");
  await expect(row(page, "traces")).toContainText("Failed");
  await expect(row(page, "traces")).toContainText("503");
  await expect(row(page, "mesh")).toContainText("Fresh");
  await page.keyboard.press("Escape");
  await expect(spillway.state).toHaveText(/1 of 3 sources stale/);
  // What it said last stays.
  await expect(spillway.node("recommendations")).toBeAttached();

  if (answering !== undefined) system.documents.set("/traces/dependencies", answering);
  await expect(spillway.state).toHaveText(/^Live.*as of/);
});

test("what a source said long ago is shown as old, in the picture and in words", async ({
  spillway,
  serve,
}) => {
  const { url } = await serve(["--config", config()]);
  await spillway.open(`${url}?in=us-east-1`);
  await expect(spillway.node("reports")).toHaveAccessibleName(/data 10 min old/);
  await expect(spillway.node("cart")).not.toHaveAccessibleName(/old/);
});

test("another region, seen from inside of one, leads there", async ({ spillway, serve }) => {
  const { url } = await serve(["--config", config()]);
  await spillway.open(`${url}?in=us-east-1`);
  await expect(spillway.node("eu-west-1")).toHaveAccessibleName(
    /another region, .*calls stock\.shop in eu-west-1/,
  );
  await expect(spillway.twin).toHaveAttribute("aria-label", /services, 1 other region,/);
  await spillway.doubleClick("eu-west-1");
  await spillway.expectPlace("Shop", "eu-west-1");
});
