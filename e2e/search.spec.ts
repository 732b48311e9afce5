import { expect, test } from "./fixtures.ts";

test.beforeEach(async ({ spillway, still }) => {
  await spillway.open(`${still.url}?in=us-east-1`);
});

test("finds by /, says n of m, goes from match to match, and leaves by Escape", async ({
  spillway,
  page,
}) => {
  await page.keyboard.press("/");
  await expect(spillway.find).toBeFocused();
  await page.keyboard.type("cache");
  const search = page.getByRole("search").filter({ has: spillway.find });
  await expect(search.getByRole("status")).toHaveText("3 of 40");
  await page.keyboard.press("Enter");
  await expect(search.getByRole("status")).toHaveText("match 1 of 3");
  await page.keyboard.press("Enter");
  await expect(search.getByRole("status")).toHaveText("match 2 of 3");
  await expect.poll(() => spillway.query("find")).toEqual(["cache"]);
  await page.keyboard.press("Escape");
  await expect(spillway.find).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(spillway.find).not.toBeFocused();
});

test("says what is wrong with a search, and offers to look everywhere", async ({ spillway, page }) => {
  await spillway.find.fill("rate>");
  await expect(page.getByRole("alert")).toBeVisible();
  await spillway.find.fill("us-west");
  await page.getByRole("button", { name: "Search everywhere" }).click();
  const palette = page.getByRole("dialog", { name: "Commands" });
  await expect(palette.getByRole("combobox")).toHaveValue("us-west");
  await page.keyboard.press("Enter");
  await spillway.expectPlace("Global", "us-west-2");
});

test("filters: hides the rest, says how much, and shows all again", async ({ spillway, page }) => {
  await page.keyboard.press("\\");
  await page.keyboard.type("type:storage");
  await expect(page.getByText(/^\d+ of 40 nodes shown · \d+ hidden$/)).toBeVisible();
  await expect(spillway.node("billing-db")).toBeAttached();
  await expect(spillway.node("edge-gateway")).toHaveCount(0);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByText("40 of 40 nodes shown")).toBeVisible();
  await page.getByRole("textbox", { name: "Hide what does not match" }).fill("no-such-thing");
  // The entry stays: what comes in is never hidden.
  await expect(page.getByText("1 of 40 nodes shown · 39 hidden")).toBeVisible();
});

test("shows only problems, and says how many of how many", async ({ spillway, page }) => {
  await page.keyboard.press("!");
  const button = page.getByRole("button", { name: /^\d+ of 40$|No problems here/ });
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => spillway.query("problems")).toEqual(["1"]);
  await button.click();
  await expect.poll(() => spillway.query("problems")).toEqual([]);
});

test("opens the palette by mod+K, runs commands and goes to nodes", async ({ spillway, page }) => {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("token-cache");
  await expect(palette.getByRole("option", { selected: true })).toContainText("token-cache");
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(spillway.details).toContainText("token-cache");
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("light or dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});
