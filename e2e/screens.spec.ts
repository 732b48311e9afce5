import { expect, test } from "./fixtures.ts";

test("opens the help sheet by ?, with every key from the command table", async ({
  spillway,
  page,
  still,
}) => {
  await spillway.open(still.url);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys and help" });
  for (const text of [
    "Fit the view to the screen",
    "Only problems",
    "Kiosk: hide everything but the picture",
  ])
    await expect(help.getByText(text)).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
});

test("shows the view as two tables, which sort, select and go in", async ({ spillway, page, still }) => {
  await spillway.open(`${still.url}?in=us-east-1`);
  await page.keyboard.press("t");
  const table = page.getByRole("region", { name: "This view as a table" });
  const nodes = table.getByRole("region", { name: "Nodes" });
  await expect(nodes).toContainText("40 of 40 nodes");
  await expect(table.getByRole("region", { name: "Edges" })).toContainText("84 of 84 edges");
  await nodes.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(nodes.getByRole("row").nth(1)).toContainText("ab-test");
  await nodes.getByRole("row").nth(1).click();
  await expect(spillway.details).toContainText("ab-test");
  await nodes.getByRole("row").nth(1).press("Shift+Enter");
  await spillway.expectPlace("Global", "us-east-1", "ab-test");
});

test("explains the picture in the legend, which can be switched off and stays off", async ({
  spillway,
  page,
  still,
}) => {
  await spillway.open(still.url);
  await spillway.legend.getByRole("button", { name: "How to read the picture" }).click();
  const legend = page.getByRole("dialog", { name: "How to read the picture" });
  await expect(legend).toContainText("Quieter edges show a dot every");
  await expect(legend).toContainText("Drawn by: software, in a worker");
  await page.keyboard.press("Escape");
  await expect(legend).toHaveCount(0);
  await page.keyboard.press("g");
  await expect(spillway.legend).toHaveCount(0);
  await page.reload();
  await spillway.whenDrawn();
  await expect(spillway.legend).toHaveCount(0);
});

test("keeps settings on this machine, and switches single keys off", async ({ spillway, page, still }) => {
  await spillway.open(still.url);
  await page.keyboard.press("s");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByText("Light", { exact: true }).click();
  await settings.getByRole("switch", { name: /^Single-key shortcuts/ }).click();
  await page.keyboard.press("Escape");
  await expect(settings).toHaveCount(0);
  await page.reload();
  await spillway.whenDrawn();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("t");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  await expect(page.getByRole("region", { name: "This view as a table" })).toHaveCount(0);
});

test("changes the picture from the view menu: scale, number of dots, labels", async ({
  spillway,
  page,
  still,
}) => {
  await spillway.open(still.url);
  await page.getByRole("button", { name: "View", exact: true }).click();
  const view = page.getByRole("dialog", { name: "View" });
  await view.getByText("Logarithmic").click();
  await expect(spillway.legend).toContainText("Dots by the logarithm of the rate");
  await view.getByText("Linear").click();
  await view.getByRole("button", { name: "More dots" }).click();
  await expect(view.getByRole("status")).toHaveText("×2");
  await expect(spillway.legend).toContainText("1 dot = 50 requests");
  await view.getByRole("switch", { name: "Labels" }).click();
  await expect(view.getByRole("switch", { name: "Labels" })).toHaveAttribute("aria-checked", "false");
});

test("hides everything but the picture in a kiosk, which tours the regions", async ({
  spillway,
  page,
  demo,
}) => {
  await page.goto(`${demo.url}?kiosk=1&rotate=2s`);
  await expect(spillway.picture).toHaveAttribute("data-drawn", /\d+/);
  await expect(page.getByRole("heading", { name: "Global" })).toBeVisible();
  await expect(page.getByText(/^Live · as of \d+ s ago$/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "us-east-1" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(spillway.state).toBeVisible();
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("moves no dots and prints rates instead", async ({ spillway, still }) => {
    await spillway.open(still.url);
    await expect(spillway.legend).toContainText("Printed rates, no moving dots");
    await expect(spillway.picture).toHaveAttribute("data-fps", /.+/);
    expect(await spillway.dots()).toBe(0);
  });
});

for (const engine of ["webgl2", "software"] as const) {
  test(`draws with ${engine} where the address asks for it`, async ({ spillway, demo }) => {
    await spillway.open(`${demo.url}?renderer=${engine}&fps=10`);
    await expect(spillway.picture).toHaveAttribute("data-engine", engine);
    await expect.poll(() => spillway.dots()).toBeGreaterThan(500);
  });
}

test.describe("on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("fits without scrolling, with targets for thumbs", async ({ spillway, page, still }) => {
    await spillway.open(`${still.url}?in=us-east-1`);
    const size = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(size[0]).toBe(size[1]);
    for (const button of await page.getByRole("button").all()) {
      const box = await button.boundingBox();
      // What is only for screen readers is a pixel large.
      if (box === null || box.width <= 1) continue;
      const name = `${await button.getAttribute("aria-label")} ${await button.textContent()}`;
      expect.soft(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(40);
      expect.soft(box.x + box.width, name).toBeLessThanOrEqual(390);
    }
  });

  test("has everything of the bar in its menu, and finds in a row of its own", async ({
    spillway,
    page,
    still,
  }) => {
    await spillway.open(`${still.url}?in=us-east-1`);
    await page.getByRole("button", { name: "Menu" }).tap();
    for (const item of ["Filter", "Table", "Legend", "Settings", "Save the picture (PNG)"])
      await expect(
        page.getByRole("menuitem", { name: item }).or(page.getByRole("menuitemcheckbox", { name: item })),
      ).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Find", exact: true }).tap();
    await expect(spillway.find).toBeFocused();
    await page.keyboard.type("db");
    await expect(page.getByRole("search").getByRole("status")).toHaveText(/^\d+ of 40$/);
  });
});
