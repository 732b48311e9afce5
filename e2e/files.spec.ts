import { existsSync } from "node:fs";

import { expect, test } from "./fixtures.ts";

const sample = "../shared/fixtures/vizceral/sample_data.json";

test("plays the sample of the original", async ({ spillway, page, serve }) => {
  test.skip(!existsSync(sample), `${sample} is not on this machine`);
  const server = await serve(["--source", `file:${sample}`, "--jitter", "0.1", "--seed", "7"]);
  await spillway.open(server.url);
  await expect(spillway.state).toHaveText(/^Live/);
  await expect.poll(() => spillway.dots()).toBeGreaterThan(100);
  await spillway.doubleClick("US-EAST-1");
  await expect(spillway.breadcrumb.getByRole("listitem")).toHaveText(["edge", "US-EAST-1"]);
  await page.getByRole("button", { name: /oddit(y|ies) in the data/ }).click();
  await expect(
    page.getByRole("dialog", { name: "What is odd in the data" }).getByRole("listitem").first(),
  ).toBeVisible();
});

test("shows what stands in a file as text, never as HTML", async ({ spillway, page, serve }) => {
  const server = await serve(["--source", "file:mock-data/vizceral/html-notices.json"]);
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await spillway.open(server.url);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const options = spillway.twin.getByRole("option");
  for (const option of await options.all()) {
    await option.dispatchEvent("click");
    await expect(spillway.details).toBeVisible();
    expect(await spillway.details.locator("img, script, table.t, b").count()).toBe(0);
  }
  expect(dialogs).toBe(0);
});

test("keeps odd names apart and shows them as they are", async ({ spillway, page, serve }) => {
  const server = await serve(["--source", "file:mock-data/vizceral/odd-names.json"]);
  await spillway.open(server.url);
  await page.keyboard.press("t");
  const nodes = page.getByRole("region", { name: "Nodes" });
  await expect(nodes.getByRole("row", { name: "<b>bold</b>" })).toBeVisible();
  expect(await nodes.locator("b").count()).toBe(0);
});
