import type { Page } from "@playwright/test";

import { seriousFindings } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

interface Screen {
  readonly name: string;
  readonly query: string;
  /** What a person does before one looks. */
  readonly open?: (page: Page) => Promise<void>;
}

// axe looks at every element of a dozen screens.
test.describe.configure({ timeout: 180_000 });

const dialog = async (page: Page, key: string, name: string): Promise<void> => {
  await page.keyboard.press(key);
  await expect(page.getByRole("dialog", { name })).toBeVisible();
};

const panel = (page: Page) => expect(page.getByRole("complementary", { name: "Details" })).toBeVisible();
const table = (page: Page) => expect(page.getByRole("region", { name: "Edges" })).toBeVisible();

const screens: readonly Screen[] = [
  { name: "the whole", query: "" },
  { name: "a region", query: "?in=us-east-1" },
  { name: "a service", query: "?in=us-east-1&in=playback-api" },
  { name: "a node's details", query: "?in=us-east-1&node=playback-api", open: panel },
  { name: "an edge's details, in light", query: "?from=INTERNET&to=us-east-1&theme=light", open: panel },
  { name: "the table", query: "?in=us-east-1&table=1", open: table },
  { name: "the table, in light", query: "?in=us-east-1&table=1&theme=light", open: table },
  { name: "find and filter", query: "?in=us-east-1&find=cache&filter=-db&problems=1" },
  { name: "the help sheet", query: "", open: (page) => dialog(page, "?", "Keys and help") },
  { name: "the settings, in light", query: "?theme=light", open: (page) => dialog(page, "s", "Settings") },
  { name: "the palette", query: "", open: (page) => dialog(page, "Control+k", "Commands") },
  { name: "a bookmark", query: "", open: (page) => dialog(page, "b", "Bookmark this moment") },
  {
    name: "the bookmarks, in light",
    query: "?theme=light",
    open: (page) => dialog(page, "Shift+B", "Bookmarks"),
  },
  { name: "a region, in light", query: "?in=us-east-1&theme=light" },
  { name: "high contrast", query: "?in=us-east-1&node=profiles&contrast=high", open: panel },
  { name: "high contrast, in light", query: "?in=us-east-1&contrast=high&theme=light" },
];

// One page for all of them: each is an address, and the browser need not start anew.
test("has no serious finding on any screen", async ({ spillway, page, still }) => {
  for (const { name, query, open } of screens) {
    await test.step(name, async () => {
      await spillway.open(`${still.url}${query}`);
      await open?.(page);
      expect.soft(await seriousFindings(page), name).toEqual([]);
    });
  }
});

test("has no serious finding in menus, in a kiosk, and where a server is silent or asks for a token", async ({
  spillway,
  page,
  still,
  serve,
}) => {
  await spillway.open(still.url);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "View" })).toBeVisible();
  expect.soft(await seriousFindings(page), "the view menu").toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share and save" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  expect.soft(await seriousFindings(page), "the share menu").toEqual([]);
  await page.goto(`${still.url}?kiosk=1`);
  await expect(page.getByRole("heading", { name: "Global" })).toBeVisible();
  expect.soft(await seriousFindings(page), "a kiosk").toEqual([]);
  await spillway.open(still.url);
  await expect(spillway.state).toHaveText(/^Stale/);
  expect.soft(await seriousFindings(page), "a stale feed").toEqual([]);
  const locked = await serve(["--seed", "7"], { SPILLWAY_TOKENS: "viewer:let-me-see-the-traffic" });
  await page.goto(locked.url);
  await expect(page.getByRole("dialog", { name: "A token is needed" })).toBeVisible();
  expect.soft(await seriousFindings(page), "the token").toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("has no serious finding", async ({ spillway, page, still }) => {
    for (const query of ["", "?in=us-east-1&node=profiles", "?in=us-east-1&table=1&theme=light"]) {
      await spillway.open(`${still.url}${query}`);
      expect.soft(await seriousFindings(page), query).toEqual([]);
    }
    await page.getByRole("button", { name: "Menu" }).tap();
    await expect(page.getByRole("menu")).toBeVisible();
    expect.soft(await seriousFindings(page), "the menu").toEqual([]);
  });
});
