import { expect, test } from "./fixtures.ts";

test.describe("by mouse", () => {
  test("goes from the whole into a region, into a service and back up", async ({ spillway, page, demo }) => {
    await spillway.open(demo.url);
    await spillway.doubleClick("us-east-1");
    await spillway.expectPlace("Global", "us-east-1");
    await spillway.doubleClick("playback-api");
    await spillway.expectPlace("Global", "us-east-1", "playback-api");
    await expect(spillway.twin.getByRole("option", { name: /, instance,/ }).first()).toBeAttached();
    await spillway.breadcrumb.getByRole("button", { name: "Global" }).click();
    await spillway.expectPlace("Global");
    await expect(page).toHaveURL(demo.url);
  });

  test("goes in by the panel's button", async ({ spillway, demo }) => {
    await spillway.open(demo.url);
    await spillway.click("eu-west-1");
    await spillway.details.getByRole("button", { name: "Enter" }).click();
    await spillway.expectPlace("Global", "eu-west-1");
  });
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("goes from the whole into a region, into a service and back up", async ({ spillway, page, still }) => {
    await spillway.open(still.url);
    const region = await spillway.whereIs("us-west-2");
    await page.touchscreen.tap(region.x, region.y);
    await expect(spillway.details).toContainText("us-west-2");
    await spillway.details.getByRole("button", { name: "Enter" }).tap();
    // A narrow bar folds the way here into a menu.
    await spillway.expectPlace("", "us-west-2");
    const service = await spillway.whereIs("edge-gateway");
    await page.touchscreen.tap(service.x, service.y);
    await page.touchscreen.tap(service.x, service.y);
    await spillway.expectPlace("", "edge-gateway");
    await spillway.breadcrumb.getByRole("button", { name: "Levels above" }).tap();
    await page.getByRole("menuitem", { name: "Global" }).tap();
    await spillway.expectPlace("Global");
  });

  test("zooms with two fingers", async ({ spillway, page, still }) => {
    await spillway.open(still.url);
    const client = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints:
          type === "touchEnd"
            ? []
            : [
                { x: 195 - apart, y: 420, id: 1 },
                { x: 195 + apart, y: 420, id: 2 },
              ],
      });
    await touch("touchStart", 40);
    await touch("touchMove", 70);
    await touch("touchMove", 100);
    await touch("touchEnd", 0);
    await expect.poll(() => spillway.query("at").length).toBe(1);
    await page.getByRole("button", { name: "Fit the view to the screen" }).tap();
    await expect.poll(() => spillway.query("at").length).toBe(0);
  });
});

test.describe("by keyboard", () => {
  test("goes from the whole into a region, into a service and back up", async ({ spillway, page, still }) => {
    await spillway.open(still.url);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Skip to the picture" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(spillway.twin).toBeFocused();
    await expect(spillway.twin.getByRole("option", { selected: true })).toHaveText(/^INTERNET/);
    await page.keyboard.press("ArrowDown");
    await expect(spillway.twin.getByRole("option", { selected: true })).toHaveText(/^eu-west-1/);
    await page.keyboard.press("i");
    await expect(spillway.details).toContainText("eu-west-1");
    await page.keyboard.press("Escape");
    await expect(spillway.details).toHaveCount(0);
    await page.keyboard.press("Enter");
    await spillway.expectPlace("Global", "eu-west-1");
    const selected = spillway.twin.getByRole("option", { selected: true });
    await expect(selected).toHaveText(/^INTERNET/);
    await page.keyboard.press("ArrowRight");
    await expect(selected).toHaveText(/gateway|log-intake/);
    await page.keyboard.press("Enter");
    await expect(spillway.breadcrumb.getByRole("listitem")).toHaveCount(3);
    await page.keyboard.press("Escape");
    await spillway.expectPlace("Global", "eu-west-1");
    await page.keyboard.press("Escape");
    await spillway.expectPlace("Global");
  });
});

test.describe("by address", () => {
  test("goes back and forward", async ({ spillway, page, still }) => {
    await spillway.open(still.url);
    await spillway.doubleClick("us-east-1");
    await spillway.expectPlace("Global", "us-east-1");
    await spillway.click("profiles");
    await expect(spillway.details).toContainText("profiles");
    await page.goBack();
    await expect(spillway.details).toHaveCount(0);
    await spillway.expectPlace("Global", "us-east-1");
    await page.goBack();
    await spillway.expectPlace("Global");
    await page.goForward();
    await spillway.expectPlace("Global", "us-east-1");
    await page.goForward();
    await expect(spillway.details).toContainText("profiles");
  });

  test("opens a deep link: place, selection, table and search", async ({ spillway, page, still }) => {
    await spillway.open(`${still.url}?in=us-east-1&node=profiles&find=profile&table=1`);
    await spillway.expectPlace("Global", "us-east-1");
    await expect(spillway.details).toContainText("profiles");
    await expect(spillway.find).toHaveValue("profile");
    await expect(page.getByRole("region", { name: "This view as a table" })).toBeVisible();
    await expect(page).toHaveTitle("us-east-1 · Spillway");
  });

  test("explains a bad link and lands at the nearest place that exists", async ({
    spillway,
    page,
    still,
  }) => {
    await spillway.open(`${still.url}?in=us-east-1&in=no-such-service&in=deeper`);
    await expect(spillway.toast("“no-such-service” does not exist")).toContainText(
      "This is the nearest place that does.",
    );
    await spillway.expectPlace("Global", "us-east-1");
    await expect.poll(() => spillway.query("in")).toEqual(["us-east-1"]);
    await page.reload();
    await spillway.expectPlace("Global", "us-east-1");
    await expect(spillway.toast("does not exist")).toHaveCount(0);
  });

  test("says so where what a link selects is gone", async ({ spillway, still }) => {
    await spillway.open(`${still.url}?in=us-east-1&node=no-such-service`);
    await expect(spillway.details).toContainText("“no-such-service” is not in the data any more.");
  });

  test("copies a link that shows the same to somebody else", async ({ spillway, page, context, still }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await spillway.open(`${still.url}?in=us-east-1`);
    await spillway.click("identity");
    await expect(spillway.details).toContainText("identity");
    await page.keyboard.press("c");
    await expect(spillway.toast("Link copied")).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto("about:blank");
    await spillway.open(link);
    await spillway.expectPlace("Global", "us-east-1");
    await expect(spillway.details).toContainText("identity");
  });
});
