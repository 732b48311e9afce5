import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { seriousFindings } from "./axe.ts";
import { expect, test as base } from "./fixtures.ts";

interface Calls {
  readonly [ends: string]: number;
}

/** What a shop's services call, requests per second, as somebody's monitoring writes it to a file, again and again. */
class ChangingFile {
  readonly path: string;
  #version = 0;

  constructor(folder: string) {
    this.path = join(folder, "shop.json");
  }

  write(calls: Calls): void {
    const connections = Object.entries(calls).map(([ends, normal]) => {
      const [source, target] = ends.split(" > ");
      return { source, target, metrics: { normal } };
    });
    const names = new Set(connections.flatMap(({ source, target }) => [source, target]));
    const nodes = [...names].map((name) => ({ name }));
    writeFileSync(this.path, JSON.stringify({ renderer: "region", name: "shop", nodes, connections }));
    // Two versions within one tick of the file system's clock would look alike.
    this.#version += 1;
    utimesSync(this.path, 1_000_000 + this.#version, 1_000_000 + this.#version);
  }
}

const before: Calls = {
  "INTERNET > web": 1_000,
  "web > cart": 300,
  "web > search": 400,
  "web > old-api": 120,
  "old-api > store": 60,
  "cart > store": 200,
};

/** "cart" has become hotter, "search" colder, "old-api" is gone, "new-api" has come. */
const after: Calls = {
  "INTERNET > web": 1_000,
  "web > cart": 900,
  "web > search": 100,
  "web > new-api": 80,
  "cart > store": 200,
};

class Comparison {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get banner(): Locator {
    return this.page.getByRole("region", { name: "Comparison" });
  }

  get counts(): Locator {
    return this.banner.getByRole("listitem");
  }

  get table(): Locator {
    return this.page.getByRole("region", { name: "Table of changes" });
  }

  row(name: string): Locator {
    return this.table.getByRole("row", { name: new RegExp(`^${name} `) });
  }

  /** A command of the palette, by the mouse. */
  async choose(title: string): Promise<void> {
    await this.page.getByRole("button", { name: "Commands" }).click();
    await this.page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: title }).click();
  }
}

interface Fixtures {
  readonly shop: ChangingFile;
  readonly url: string;
  readonly comparison: Comparison;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures that are used from the braces
  shop: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "spillway-shop-"));
    const shop = new ChangingFile(folder);
    shop.write(before);
    await use(shop);
    rmSync(folder, { recursive: true, force: true });
  },
  url: async ({ shop, serve }, use) => {
    const { url } = await serve(["--source", `file:${shop.path}`, "--interval", "200ms", "--linger", "0s"]);
    await use(url);
  },
  comparison: async ({ page }, use) => use(new Comparison(page)),
});

const counted = ["2 new", "3 gone", "2 hotter", "2 colder"];

test("what has come and gone since a moment is shown as a picture and as a table, by mouse", async ({
  spillway,
  shop,
  url,
  comparison,
  page,
}) => {
  await spillway.open(url);
  await comparison.choose("Compare with this moment: mark it");
  await expect(spillway.toast("This moment is marked.")).toBeVisible();
  shop.write(after);
  await expect(spillway.node("new-api")).toBeAttached();
  await expect(spillway.node("old-api")).toHaveCount(0);
  await comparison.choose("Compare with the marked moment");
  await expect(comparison.counts).toHaveText(counted);
  await expect(spillway.node("old-api")).toContainText("gone, had 120 requests per second");
  await expect(spillway.node("cart")).toContainText("hotter: 300 to 900 requests per second");

  await spillway.click("old-api");
  await expect(spillway.details).toContainText(/Gone: it had 120 requests\/s at .*\d\d:\d\d:\d\d/);
  await spillway.click("web → old-api");
  await expect(spillway.details).toContainText("Gone: it had 120 requests/s");

  await comparison.banner.getByRole("button", { name: "Table of changes" }).click();
  await expect(comparison.row("web → cart")).toContainText(/hotter.*300.*900.*\+600/);
  await comparison.row("old-api → store").click();
  await expect(spillway.details.getByRole("heading", { level: 2 })).toHaveText(/old-api.*store/);
  await comparison.table.getByRole("combobox", { name: "Show" }).selectOption("colder");
  await expect(comparison.table.getByRole("row")).toHaveCount(3);

  await comparison.banner.getByRole("button", { name: "Stop comparing" }).click();
  await expect(comparison.banner).toHaveCount(0);
  await expect(spillway.node("old-api")).toHaveCount(0);
  await page.goBack();
  await expect(comparison.counts).toHaveText(counted);
});

test("moments are compared by keyboard alone, and Escape leaves", async ({
  spillway,
  shop,
  url,
  comparison,
  page,
}) => {
  await spillway.open(url);
  await page.keyboard.press("m");
  await expect(spillway.toast("This moment is marked.")).toBeVisible();
  shop.write(after);
  await expect(spillway.node("new-api")).toBeAttached();
  await page.keyboard.press("v");
  await expect(comparison.counts).toHaveText(counted);

  // The twin of the picture leads to what is gone.
  await spillway.twin.focus();
  await page.keyboard.press("Escape");
  await expect(comparison.banner).toHaveCount(0);
  await page.keyboard.press("v");
  await expect(comparison.counts).toHaveText(counted);

  await page.keyboard.press("t");
  await comparison.table.getByRole("combobox", { name: "Show" }).focus();
  await page.keyboard.type("gone");
  await expect(comparison.table.getByRole("row")).toHaveCount(4);
  await page.keyboard.press("Tab");
  for (let i = 0; i < 12 && (await page.locator("tbody tr:focus").count()) === 0; i += 1)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(spillway.details).toContainText("Gone: it had");
  for (const gone of [spillway.details, comparison.banner]) {
    await page.keyboard.press("Escape");
    await expect(gone).toHaveCount(0);
  }
});

test("a link shows others the same two moments", async ({
  spillway,
  shop,
  url,
  comparison,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await spillway.open(url);
  await page.keyboard.press("m");
  await expect(spillway.toast("This moment is marked.")).toBeVisible();
  shop.write(after);
  await expect(spillway.node("new-api")).toBeAttached();
  await page.keyboard.press("v");
  await expect(comparison.counts).toHaveText(counted);
  await page.keyboard.press("c");
  await expect(spillway.toast(/copied/i)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(() => spillway.query("time")).toEqual([]);
  // Meanwhile it all goes back to what it was.
  shop.write(before);
  await expect(spillway.node("old-api")).toBeAttached();

  await spillway.open(link);
  await expect(spillway.state).toHaveText(/^Replay/);
  await expect(comparison.counts).toHaveText(counted);
  await page.keyboard.press("Escape");
  await expect(comparison.banner).toHaveCount(0);
  await expect(spillway.node("new-api")).toBeAttached();
});

test("a comparison has no serious finding: picture, details, table, legend", async ({
  spillway,
  shop,
  url,
  comparison,
  page,
}) => {
  await spillway.open(`${url}?theme=light`);
  await page.keyboard.press("m");
  await expect(spillway.toast("This moment is marked.")).toBeVisible();
  shop.write(after);
  await expect(spillway.node("new-api")).toBeAttached();
  await page.keyboard.press("v");
  await expect(comparison.counts).toHaveText(counted);
  await spillway.click("old-api");
  await expect(spillway.details).toContainText("Gone: it had");
  expect.soft(await seriousFindings(page), "picture and details, in light").toEqual([]);
  await page.keyboard.press("t");
  await expect(comparison.table).toBeVisible();
  expect.soft(await seriousFindings(page), "the table, in light").toEqual([]);
  await spillway.open(page.url().replace("theme=light", "theme=dark"));
  await expect(comparison.table).toBeVisible();
  expect.soft(await seriousFindings(page), "the table").toEqual([]);
  await page.keyboard.press("t");
  await spillway.legend.getByRole("button", { name: "How to read the picture" }).click();
  await expect(page.getByText(/^Gone: dashed/)).toBeVisible();
  expect.soft(await seriousFindings(page), "picture and legend").toEqual([]);
});
