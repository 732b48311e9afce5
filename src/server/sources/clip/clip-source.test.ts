import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { Millis } from "#base/time.ts";
import { clipOf, clipText, frameTexts, headerText, testFrames } from "#testing/clips.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";
import { startTestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

import { openPast, type Past } from "../../clips/open-past.ts";
import { openSource, playPast } from "../open-source.ts";

let folder = temporaryFolder();
const open: Past[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  for (const past of open.splice(0)) await past.log.close();
  folder.remove();
});

async function pastOf(content: Uint8Array): Promise<Past> {
  const path = join(folder.path, "a.spillway.ndjson.gz");
  writeFileSync(path, content);
  const past = await openPast(path);
  if (!past.ok) throw new Error(past.error);
  open.push(past.value);
  return past.value;
}

/** Counts how often somebody has begun to wait. */
class CountingClock extends ManualClock {
  waits = 0;

  override after(delayMs: number, callback: () => void): () => void {
    this.waits += 1;
    return super.after(delayMs, callback);
  }
}

/** Plays five seconds, recorded from second 1 to 5, with a clock that stands at `now` to begin with. */
async function playing(now: Millis, isRepeated = false) {
  const past = await pastOf(await clipOf(testFrames(5)));
  const clock = new CountingClock(now);
  const { source } = playPast(past, clock, isRepeated);
  const shown: number[] = [];
  const told: string[] = [];
  const stop = new AbortController();
  const done = source.run((snapshot, problems) => {
    shown.push(snapshot.at / 1000);
    told.splice(0, told.length, ...problems.map(({ found }) => found));
  }, stop.signal);
  return { clock, shown, told, stop, done };
}

describe("a clip as a source", () => {
  it("shows each frame when the clock says its moment, and tells when it has ended", async () => {
    const { clock, shown, told, done } = await playing(1000);
    await until(() => shown.length === 1, "the first frame");
    expect(told).toEqual([]);
    for (const n of [2, 3, 4, 5]) {
      await until(() => clock.waits === n - 1, "a pause");
      clock.advance(999);
      expect(shown).toHaveLength(n - 1);
      clock.advance(1);
      await until(() => shown.length === n, `frame ${n}`);
    }
    await done;
    expect([shown, told]).toEqual([[1, 2, 3, 4, 5], ["The recording ends here."]]);
  });

  it("stands at its last frame when its time is over", async () => {
    const { shown, told, done } = await playing(99_000);
    await done;
    expect([shown, told]).toEqual([[5], ["The recording ends here."]]);
  });

  it("begins again with later moments when it is to be repeated", async () => {
    // Repeated since second 1, every five seconds: second 13 is the third of the third time.
    const { clock, shown, told, stop, done } = await playing(13_000, true);
    for (let n = 1; n <= 5; n += 1) {
      await until(() => shown.length === n, `frame ${n}`);
      await until(() => clock.waits === n, "a pause");
      clock.advance(1000);
    }
    stop.abort();
    await done;
    expect([shown.slice(0, 5), told]).toEqual([[13, 14, 15, 16, 17], []]);
  });

  it("says all along that it was cut off", async () => {
    const past = await pastOf(clipText(headerText, ...frameTexts(2)));
    const told: string[] = [];
    const { source, feed } = playPast(past, new ManualClock(9000), false);
    await source.run(
      (_, problems) => told.push(...problems.map(({ found }) => found)),
      AbortSignal.timeout(9e6),
    );
    expect(source.past).toEqual({ from: 1000, to: 2000 });
    expect([feed, told[0]]).toEqual(["demo", expect.stringContaining("It breaks off after 2 frames")]);
  });

  it("is a sentence when it cannot be opened", async () => {
    const options = {
      clock: new ManualClock(),
      seed: 1,
      intervalMs: 1000,
      jitter: 0,
      demoFile: "",
      demoFrozenAt: undefined,
      isRepeated: false,
    };
    const source = await openSource("clip:/none/such", options);
    expect(source.ok ? "" : source.error).toContain("/none/such cannot be read: there is no such file.");
  });

  it("is the recording of its feed: overview, groups, bookmarks and clips come from it", async () => {
    const past = await pastOf(await clipOf(testFrames(5), [{ id: "b", at: 2000, note: "n" }]));
    const clock = new ManualClock(3000);
    const server = await startTestServer([], {}, { sources: [playPast(past, clock, false)] });
    open.pop();
    const json = async (path: string): Promise<unknown> =>
      (await server.get(`/api/feeds/demo/${path}`)).json();
    expect(await json("recording")).toMatchObject({ start: 1000, end: 5000 });
    expect(await json("recording/groups")).toMatchObject({ groups: [[1, 5, 1000, 5000, 0]] });
    expect(await json("bookmarks")).toEqual({ bookmarks: [{ id: "b", at: 2000, note: "n" }] });
    const group = await (await server.get("/api/feeds/demo/recording/groups/1")).text();
    expect(group.trim().split("\n")).toHaveLength(5);
    const clip = await server.get("/api/feeds/demo/recording/clip?from=2000&to=4000");
    expect(clip.headers.get("x-spillway-frames")).toBe("3");
    await clip.arrayBuffer();
    await server.stop();
  });
});
