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
/** The picture of a moment that stands does not change: it has come when there has been no other for so long. */
const calmMs = 700;
/** Nobody pushes: the feed is there with what it has recorded. */
const feed = "day";

/** From a click on the timeline of a day at 1 Hz to the picture of that moment, while time stands. Most of it is fetched for the first time. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = temporaryFolder();
  const { base, called } = sampleAtHand();
  // It ends a minute ago.
  const start = Math.floor(Date.now() / 1000) * 1000 - (day + 60) * 1000;
  recordDay(feedFolder(folder.path, feed), base, start);
  const server = await startBuiltServer(["--source", `push:${feed}`, "--data", folder.path]);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${server.url}?time=${isoTime(start + 60_000)}`);
    await page.locator("[data-drawn]").waitFor({ state: "attached" });
    await page.getByRole("region", { name: "Timeline" }).getByRole("button", { name: "Pause" }).click();
    await watchPicture(page);
    await page.waitForTimeout(calmMs);
    const random = mulberry32(5);
    const times: number[] = [];
    for (let i = 0; i < clicks; i += 1) times.push(await seekTo(page, 0.02 + random() * 0.96));
    const sorted = times.toSorted((a, b) => a - b);
    return [0.5, 0.99].map((share) => ({
      name: `seek in a day of ${called}, click to picture, p${share * 100}`,
      value: must(sorted[Math.ceil(sorted.length * share) - 1]),
      unit: "ms",
      bar: 150,
      better: "less",
      note: `${clicks} clicks at random, ${day.toLocaleString("en-US")} frames`,
    }));
  } finally {
    await browser.close();
    await server.stop();
    folder.remove();
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
  const changed = await page.waitForFunction((calm) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there by watchPicture
    const { pressedAt, changes } = Reflect.get(window, "watched") as Watched;
    const last = changes.at(-1);
    return last !== undefined && performance.now() - last > calm ? { ms: last - pressedAt } : undefined;
  }, calmMs);
  return must(await changed.jsonValue()).ms;
}
