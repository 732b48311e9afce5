import { expect, test } from "./fixtures.ts";
import { SpillwayPage } from "./pages/spillway-page.ts";

/** Five frames a second: a past comes soon. */
const fast = ["--seed", "7", "--interval", "200ms"] as const;

test("a bookmark is set, seen by others, gone to and handed on, by keyboard alone", async ({
  spillway,
  serve,
  browser,
}) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  await spillway.open(url);
  const slider = page.getByRole("slider", { name: "Moment" });
  await expect
    .poll(async () => {
      const [from, to] = [
        await slider.getAttribute("aria-valuemin"),
        await slider.getAttribute("aria-valuemax"),
      ];
      return Number(to) - Number(from);
    })
    .toBeGreaterThan(6_000);
  await slider.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/paused=1/);
  const moment = () => Date.parse(new URL(page.url()).searchParams.get("time") ?? "");
  const marked = moment();

  await page.keyboard.press("b");
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("deploy began");
  await page.keyboard.press("Enter");
  await expect(spillway.toast("The bookmark is set.")).toBeVisible();
  await page.keyboard.press("l");
  await expect(page).not.toHaveURL(/time=/);

  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(() => moment()).toBeGreaterThanOrEqual(marked);
  await page.keyboard.press("l");
  await expect(page).not.toHaveURL(/time=/);

  await page.keyboard.press("Shift+B");
  const entry = page.getByRole("button", { name: /^Go to .*: deploy began$/ });
  await expect(entry).toBeVisible();
  await expect(entry).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Replay/ })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/paused=1/);
  await slider.focus();
  await expect.poll(() => moment()).toBeGreaterThanOrEqual(marked);

  const other = await browser.newPage();
  await other.goto(page.url());
  const otherPage = new SpillwayPage(other);
  await otherPage.whenDrawn();
  await expect
    .poll(async () =>
      Number(await other.getByRole("slider", { name: "Moment" }).getAttribute("aria-valuenow")),
    )
    .toBe(moment());
  await other.keyboard.press("Shift+B");
  await expect(other.getByRole("button", { name: /^Go to .*: deploy began$/ })).toBeVisible();
  await other.close();
});

test("a viewer sees bookmarks, and is told why it may set none", async ({ spillway, page, serve }) => {
  const tokens = "operator:let-me-write-things-down,viewer:let-me-see-the-traffic";
  const { url } = await serve(fast, { SPILLWAY_TOKENS: tokens });
  const response = await page.request.post(new URL("api/feeds/demo/bookmarks", url).href, {
    headers: { authorization: "Bearer let-me-write-things-down" },
    data: { at: Date.now(), note: "deploy began" },
  });
  expect(response.status()).toBe(201);
  await page.goto(url);
  await page.getByRole("dialog").getByLabel("Token").fill("let-me-see-the-traffic");
  await page.getByRole("dialog").getByLabel("Token").press("Enter");
  await spillway.whenDrawn();
  await page.keyboard.press("b");
  await expect(spillway.toast("Only an operator may set bookmarks.")).toBeVisible();
  await page.keyboard.press("Shift+B");
  await expect(page.getByRole("button", { name: /^Go to .*: deploy began$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove the bookmark/ })).toHaveCount(0);
});
