import type { Page } from "playwright";

import { must } from "#base/assert.ts";
import { isoTime } from "#base/iso-time.ts";
import { mulberry32 } from "#base/random.ts";
import { feedFolder } from "#server/log/open-log.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";

import type { BenchRow } from "./bench-row.ts";
import { openBrowser } from "./browser.ts";
import { day, recordDay, sampleAtHand } from "./server/recorded-day.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

const clicks = 100;
/** From an hour to a day: 1.5 to the eighth power. */
const zooms = 9;
/** The picture of a moment that stands does not change: it has come when there has been no other for so long. */
const calmMs = 700;
/** Nobody pushes: the feed is there with what it has recorded. */
const feed = "day";

/**
 * From a click on the timeline of a day at 1 Hz to the picture of that moment, while time stands. The timeline shows the whole day, so that nearly every click is on something that has
 * not been fetched. Without a graphics card, as a virtual desktop is, and with one that the processor plays, which keeps a core busy putting the page together.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = temporaryFolder();
  const { base, called } = sampleAtHand();
  // It ends a minute ago.
  const start = Math.floor(Date.now() / 1000) * 1000 - (day + 60) * 1000;
  recordDay(feedFolder(folder.path, feed), base, start);
  const server = await startBuiltServer(["--source", `push:${feed}`, "--data", folder.path]);
  try {
    const without = await seekIn("none", server.url, start);
    const played = await seekIn("card", server.url, start);
    const row = (name: string, times: readonly number[], share: number): BenchRow => ({
      name: `seek in a day of ${called}, click to picture, ${name}, p${share * 100}`,
      value: must(times[Math.ceil(times.length * share) - 1]),
      unit: "ms",
      bar: 150,
      better: "less",
      note: `${clicks} clicks at random, ${day.toLocaleString("en-US")} frames`,
    });
    return [
      row("no graphics card", without, 0.5),
      row("no graphics card", without, 0.99),
      row("a played card", played, 0.5),
      row("a played card", played, 0.99),
    ];
  } finally {
    await server.stop();
    folder.remove();
  }
}

/** Milliseconds of every click, ascending. */
async function seekIn(graphics: "card" | "none", url: string, start: number): Promise<readonly number[]> {
  const browser = await openBrowser(graphics);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${url}?time=${isoTime(start + 60_000)}`);
    await page.locator("[data-drawn]").waitFor({ state: "attached" });
    await page.getByRole("region", { name: "Timeline" }).getByRole("button", { name: "Pause" }).click();
    await page.getByRole("slider", { name: "Moment" }).focus();
    for (let i = 0; i < zooms; i += 1) await page.keyboard.press("-");
    await watchPicture(page);
    await page.waitForTimeout(calmMs);
    const random = mulberry32(5);
    const times: number[] = [];
    let share = 0;
    for (let i = 0; i < clicks; i += 1) {
      // Never where the last was: beside one mark both mean the same moment, and no picture comes.
      share = (share + 0.05 + random() * 0.9) % 1;
      times.push(await seekTo(page, 0.02 + share * 0.96));
    }
    return times.toSorted((a, b) => a - b);
  } finally {
    await browser.close();
  }
}

interface Watched {
  pressedAt: number;
  /** When the picture changed since, milliseconds of the page's clock. */
  changes: number[];
}

/** The page tells each change of its picture at the element that holds it. */
async function watchPicture(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { pressedAt: NaN, changes: [] };
    Object.assign(window, { watched });
    addEventListener(
      "pointerdown",
      ({ timeStamp }) => {
        watched.pressedAt = timeStamp;
        watched.changes = [];
      },
      { capture: true },
    );
    const host = document.querySelector("[data-drawn]");
    if (host === null) throw new Error("there is no picture");
    new MutationObserver(() => watched.changes.push(performance.now())).observe(host, {
      attributeFilter: ["data-drawn"],
    });
  });
}

/** Clicks at a share of the timeline; returns how long after the press the picture changed last. */
async function seekTo(page: Page, share: number): Promise<number> {
  const box = must((await page.getByRole("slider", { name: "Moment" }).boundingBox()) ?? undefined);
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.up();
  const changed = await page.waitForFunction(
    (calm) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there by watchPicture
      const { pressedAt, changes } = Reflect.get(window, "watched") as Watched;
      const last = changes.at(-1);
      return last !== undefined && performance.now() - last > calm ? { ms: last - pressedAt } : undefined;
    },
    calmMs,
    // Asked at every frame of the screen it would be work beside that which is measured.
    { polling: 100 },
  );
  return must(await changed.jsonValue()).ms;
}
