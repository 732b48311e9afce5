import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";
import { SpillwayPage } from "./pages/spillway-page.ts";

/** Five frames a second: a past comes soon. */
const fast = ["--seed", "7", "--interval", "200ms"] as const;

/** The slider along the lower edge, and what stands around it. */
class Timeline {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get slider(): Locator {
    return this.page.getByRole("slider", { name: "Moment" });
  }

  get bar(): Locator {
    return this.page.getByRole("region", { name: "Timeline" });
  }

  button(name: string | RegExp): Locator {
    return this.bar.getByRole("button", { name });
  }

  get isReplay(): Locator {
    return this.page.getByRole("button", { name: /^Replay/ });
  }

  get isLive(): Locator {
    return this.page.getByRole("button", { name: /^Live/ });
  }

  /** The moment that is shown, milliseconds since 1970; what is recorded with it. */
  async moment(): Promise<{ readonly at: number; readonly from: number; readonly to: number }> {
    const number = async (name: string) => Number(await this.slider.getAttribute(name));
    return {
      at: await number("aria-valuenow"),
      from: await number("aria-valuemin"),
      to: await number("aria-valuemax"),
    };
  }

  /** Waits until so much is recorded. */
  async whenRecorded(ms: number): Promise<void> {
    await expect(this.slider).toBeVisible();
    await expect
      .poll(async () => {
        const { from, to } = await this.moment();
        return to - from;
      })
      .toBeGreaterThan(ms);
  }

  /** Drags from the right end to a share of the track. */
  async dragTo(share: number): Promise<void> {
    const box = await this.slider.boundingBox();
    if (box === null) throw new Error("There is no timeline.");
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width - 2, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * share, y, { steps: 12 });
    await this.page.mouse.up();
  }

  /** The moment that the address names. */
  addressed(): number {
    const time = new URL(this.page.url()).searchParams.get("time");
    return time === null ? NaN : Date.parse(time);
  }
}

test("the timeline goes back on a live feed: play, pause, step, speed, and back to live", async ({
  spillway,
  serve,
}) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  const timeline = new Timeline(page);
  await spillway.open(url);
  await timeline.whenRecorded(9_000);

  await timeline.dragTo(0.9);
  await expect(timeline.isReplay).toBeVisible();
  await timeline.button("Pause").click();
  await expect(page).toHaveURL(/time=.*paused=1/);
  const paused = timeline.addressed();
  expect(paused).toBeLessThan((await timeline.moment()).to);

  await timeline.button("Frame before").click();
  await expect.poll(() => timeline.addressed()).toBeLessThan(paused);
  const before = timeline.addressed();
  await timeline.button("Next frame").click();
  await expect.poll(() => timeline.addressed()).toBe(before + 200);

  await timeline.button(/^Speed/).click();
  await page.getByRole("menuitemcheckbox", { name: "0.25×" }).click();
  await page.keyboard.press("Escape");
  await timeline.button("Play").click();
  await expect(page).toHaveURL(/speed=0\.25/);
  await expect.poll(async () => (await timeline.moment()).at).toBeGreaterThan(before + 400);

  await timeline.button("Back to live").click();
  await expect(timeline.isLive).toBeVisible();
  await expect(page).not.toHaveURL(/time=/);
});

test("reloading the page, and opening its address elsewhere, show the same moment", async ({
  spillway,
  serve,
  browser,
}) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  const timeline = new Timeline(page);
  await spillway.open(url);
  await timeline.whenRecorded(8_000);
  await timeline.dragTo(0.93);
  await timeline.button("Pause").click();
  await expect(page).toHaveURL(/paused=1/);
  const moment = timeline.addressed();

  await page.reload();
  await spillway.whenDrawn();
  await expect(timeline.isReplay).toBeVisible();
  await expect.poll(async () => (await timeline.moment()).at).toBe(moment);

  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(new Timeline(other).isReplay).toBeVisible();
  await expect.poll(async () => (await new Timeline(other).moment()).at).toBe(moment);
  // The list of nodes follows the picture once a second: each may be a little behind the pause at first.
  const numbersOf = (shown: SpillwayPage) => shown.twin.getByRole("option").allTextContents();
  await expect
    .poll(
      async () =>
        JSON.stringify(await numbersOf(new SpillwayPage(other))) ===
        JSON.stringify(await numbersOf(spillway)),
    )
    .toBe(true);
  await other.close();
});

test("with the keyboard alone: there, along, into a loop and back", async ({ spillway, serve }) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  const timeline = new Timeline(page);
  await spillway.open(url);
  await timeline.whenRecorded(8_000);
  await timeline.slider.focus();
  await page.keyboard.press("Home");
  await expect(timeline.isReplay).toBeVisible();
  await page.keyboard.press(" ");
  await expect(page).toHaveURL(/paused=1/);
  const { at, from } = await timeline.moment();
  expect(at - from).toBeLessThan(5_000);
  await expect(timeline.slider).toHaveAttribute("aria-valuetext", /requests per second/);

  await page.keyboard.press("ArrowRight");
  await expect.poll(() => timeline.addressed()).toBeGreaterThan(at);
  await page.keyboard.press("[");
  await page.keyboard.press("r");
  await expect(timeline.button("Loop")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("r");
  await expect(timeline.button("Loop")).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press(">");
  await expect(timeline.button("Speed: 2×")).toBeVisible();
  await page.keyboard.press("l");
  await expect(timeline.isLive).toBeVisible();
});

test("a drill runs on a moment of the past, and stopping it leads back there", async ({
  spillway,
  serve,
}) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  const timeline = new Timeline(page);
  await spillway.open(url);
  await timeline.whenRecorded(8_000);
  await timeline.dragTo(0.93);
  await timeline.button("Pause").click();
  await expect(page).toHaveURL(/paused=1/);
  const moment = timeline.addressed();
  await page.keyboard.press("d");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /^Simulated/ })).toBeVisible();
  expect(timeline.addressed()).toBe(moment);
  // A drill has a time of its own.
  await expect(timeline.bar).toBeHidden();
  await page.keyboard.press("x");
  await expect(timeline.isReplay).toBeVisible();
  await expect.poll(async () => (await timeline.moment()).at).toBe(moment);
});

test("a stretch that is chosen with Shift is played again and again", async ({ spillway, serve }) => {
  const { url } = await serve(fast);
  const { page } = spillway;
  const timeline = new Timeline(page);
  await spillway.open(url);
  await timeline.whenRecorded(8_000);
  await page.keyboard.down("Shift");
  await timeline.dragTo(0.95);
  await page.keyboard.up("Shift");
  await expect(timeline.isReplay).toBeVisible();
  await expect(timeline.button("Loop")).toHaveAttribute("aria-pressed", "true");
  await page.mouse.click(4, 400);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press(">");
  const begun = (await timeline.moment()).to;
  // At 8x it would have come to live long before.
  await expect.poll(async () => (await timeline.moment()).to).toBeGreaterThan(begun + 3_000);
  await expect(timeline.isReplay).toBeVisible();
});

test("a server that was killed and started again still has the past, and the gap shows", async ({
  spillway,
  serve,
}) => {
  const data = mkdtempSync(join(tmpdir(), "spillway-replay-"));
  try {
    const first = await serve([...fast, "--data", data]);
    const { page } = spillway;
    const timeline = new Timeline(page);
    await spillway.open(first.url);
    await timeline.whenRecorded(5_000);
    const { from } = await timeline.moment();
    const port = new URL(first.url).port;
    await first.stop("SIGKILL");
    await serve([...fast, "--data", data, "--port", port]);
    await page.reload();
    await spillway.whenDrawn();
    await timeline.whenRecorded(6_000);
    expect((await timeline.moment()).from).toBe(from);
    await timeline.slider.focus();
    await page.keyboard.press("Home");
    await expect(timeline.isReplay).toBeVisible();
    await expect(spillway.node("INTERNET")).toBeAttached();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test("a feed that is not recorded says so, and what would help", async ({ spillway, serve }) => {
  const { url } = await serve([...fast, "--record", "off"]);
  const timeline = new Timeline(spillway.page);
  await spillway.open(url);
  await expect(timeline.bar).toContainText("The past of this feed is not kept.");
  await timeline.button("Hide the timeline").click();
  await expect(timeline.bar).toBeHidden();
});

test("a recording that the server plays is called a replay, and all of it can be gone to", async ({
  spillway,
  page,
  serve,
}) => {
  const { url } = await serve(["--source", "clip:mock-data/recordings/incident-v1.spillway.ndjson.gz"]);
  const timeline = new Timeline(page);
  await spillway.open(url);
  await expect(spillway.state).toHaveText(/^Replay\s*of “Demo”/);
  await expect(page).toHaveTitle("Replay · Spillway");
  await expect(page.getByText("The recording ends here. The timeline leads back into it.")).toBeVisible();
  await timeline.slider.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/time=/);
  for (let i = 0; i < 8; i += 1) await page.keyboard.press(">");
  // At its end it stands still; nothing is live.
  const left = async () => {
    const { at, to } = await timeline.moment();
    return to - at;
  };
  await expect.poll(left).toBeLessThan(1_000);
  await expect(page).toHaveURL(/paused=1/);
  await expect(spillway.state).toHaveText(/^Replay/);
});
