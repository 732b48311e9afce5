import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { must } from "#base/assert.ts";
import { twoRegions, snapshotOf, buildSnapshot } from "#testing/builders.ts";
import { HandFedSource } from "#testing/hand-fed-source.ts";
import { turns } from "#testing/turns.ts";
import { ManualClock } from "#testing/manual-clock.ts";

import { MemoryLog } from "../log/memory-log.ts";
import { Audience } from "./audience.ts";
import { Feed } from "./feed.ts";
import type { FeedMessage, Outlet } from "./outlet.ts";

class RecordingOutlet implements Outlet {
  readonly sent: { readonly ids: readonly string[]; readonly message: FeedMessage }[] = [];
  readonly cuts: string[] = [];
  readonly buffered = new Map<string, number>();

  send(ids: readonly string[], message: FeedMessage): void {
    this.sent.push({ ids, message });
  }

  bufferedBytes(id: string): number {
    return this.buffered.get(id) ?? 0;
  }

  cut(id: string): void {
    this.cuts.push(id);
  }

  /** What one viewer got since the last call, in short: "snapshot 3", "delta 3-4", "gap 2-3" ... */
  take(id: string): readonly string[] {
    const own = this.sent.filter(({ ids }) => ids.includes(id));
    for (const entry of own) {
      const rest = entry.ids.filter((other) => other !== id);
      this.sent[this.sent.indexOf(entry)] = { ids: rest, message: entry.message };
    }
    return own.map(({ message }) => brief(message)).filter((text) => text !== "source");
  }
}

function brief({ event, body }: FeedMessage): string {
  if (event === "delta") return `delta ${body.base}-${body.seq}`;
  if (event === "snapshot") return `snapshot ${body.seq}`;
  if (event === "gap") return `gap ${body.from}-${body.to}`;
  return event === "reset" ? `reset: ${body.why}` : event;
}

/** The text is the packing: these tests look at who gets what, not at bytes. */
const plainCodec = { pack: async (text: string) => text, unpack: async (text: string) => text };

const base = twoRegions(0);
const frameAt = (at: number) => snapshotOf(base.topology, (edge) => (edge === at % 3 ? at : edge), at);

const ignore = () => {};

async function start(options: { greatestFrames?: number } = {}) {
  const { greatestFrames = 1000 } = options;
  const log = new MemoryLog({ epoch: "e1", greatestFrames, greatestBytes: 1e9 });
  const source = new HandFedSource();
  const clock = new ManualClock();
  const random = mulberry32(1);
  const feedWatch = { onFrame: ignore, onLateFrame: ignore, onSourceFailure: ignore, onUnrecorded: ignore };
  const feed = new Feed({ id: "f", source, log, clock, random, lingerMs: 0, watch: feedWatch });
  void feed.run(new AbortController().signal);
  const outlet = new RecordingOutlet();
  const told: string[] = [];
  const audience = new Audience({
    feed,
    drill: undefined,
    outlet,
    codec: plainCodec,
    clock,
    random,
    watch: {
      onResume: (result, viewers) => told.push(`${result} ${viewers}`),
      onMerged: (viewers) => told.push(`merged ${viewers}`),
      onCut: (why) => told.push(why),
      onUnreadable: (error) => told.push(String(error)),
    },
  });
  let at = 0;
  const frames = async (count: number) => {
    for (let i = 0; i < count; i += 1) await source.emit(frameAt((at += 1)));
  };
  const join = async (id: string, point?: { epoch: string; seq: number }) => {
    audience.subscribe(id, point);
    await turns();
  };
  return { feed, source, outlet, audience, clock, told, frames, join, log };
}

describe("a viewer that keeps up", () => {
  it("gets a snapshot and then one delta for each frame", async () => {
    const { frames, join, audience, outlet } = await start();
    await frames(3);
    await join("a");
    for (const seq of [3, 4, 5]) {
      audience.acknowledge("a", seq);
      await frames(1);
    }
    expect(outlet.take("a")).toEqual(["snapshot 3", "delta 3-4", "delta 4-5", "delta 5-6"]);
  });

  it("waits for the first frame of a feed that has none", async () => {
    const { frames, join, outlet } = await start();
    await join("a");
    expect(outlet.take("a")).toEqual([]);
    await frames(1);
    expect(outlet.take("a")).toEqual(["snapshot 1"]);
  });

  it("shares every message with all who hold the same frame", async () => {
    const { frames, audience, outlet } = await start();
    await frames(1);
    audience.subscribe("a", undefined);
    audience.subscribe("b", undefined);
    await turns();
    for (const id of ["a", "b"]) audience.acknowledge(id, 1);
    await frames(1);
    const sent = outlet.sent.map(({ ids, message }) => [ids, message.event]);
    expect(sent).toEqual([
      [["a", "b"], "source"],
      [["a", "b"], "snapshot"],
      [["a", "b"], "delta"],
    ]);
  });
});

describe("a viewer that does not answer", () => {
  it("gets two frames and no more, and is counted as behind", async () => {
    const { frames, join, outlet, audience } = await start();
    await frames(1);
    await join("slow");
    audience.acknowledge("slow", 1);
    await frames(5);
    expect(outlet.take("slow")).toEqual(["snapshot 1", "delta 1-2", "delta 2-3"]);
    expect(audience.behind).toBe(1);
  });

  it("gets one merged frame at the head when it has answered, and is told what it did not see", async () => {
    const { frames, join, outlet, audience, told } = await start();
    await frames(1);
    await join("slow");
    audience.acknowledge("slow", 1);
    await frames(5);
    outlet.take("slow");
    expect(audience.acknowledge("slow", 2)).toBe(true);
    await turns();
    expect(outlet.take("slow")).toEqual([]);
    audience.acknowledge("slow", 3);
    await turns();
    expect(outlet.take("slow")).toEqual(["gap 4-5", "delta 3-6"]);
    expect([audience.behind, told]).toEqual([0, ["merged 1"]]);
  });

  it("has credit for one frame until it has kept up with one, then for two again", async () => {
    const { frames, join, outlet, audience } = await start();
    await frames(1);
    await join("slow");
    await frames(2);
    expect(outlet.take("slow")).toEqual(["snapshot 1"]);
    audience.acknowledge("slow", 1);
    await turns();
    await frames(1);
    expect(outlet.take("slow")).toEqual(["gap 2-2", "delta 1-3"]);
    audience.acknowledge("slow", 3);
    await turns();
    expect(outlet.take("slow")).toEqual(["delta 3-4"]);
    audience.acknowledge("slow", 4);
    await frames(3);
    expect(outlet.take("slow")).toEqual(["delta 4-5", "delta 5-6"]);
  });

  it("gets a snapshot instead when nodes came or went meanwhile", async () => {
    const { frames, join, outlet, audience, source } = await start();
    await frames(1);
    await join("slow");
    audience.acknowledge("slow", 1);
    await frames(2);
    await source.emit(buildSnapshot({ children: { a: {} } }, 90));
    await source.emit(buildSnapshot({ children: { a: {} } }, 91));
    outlet.take("slow");
    audience.acknowledge("slow", 3);
    await turns();
    expect(outlet.take("slow")).toEqual(["gap 4-4", "snapshot 5"]);
  });

  it("does not slow the others", async () => {
    const { frames, join, outlet, audience } = await start();
    await frames(1);
    await join("slow");
    await join("quick");
    for (let seq = 1; seq < 5; seq += 1) {
      audience.acknowledge("quick", seq);
      await frames(1);
    }
    expect(outlet.take("quick")).toEqual(["snapshot 1", "delta 1-2", "delta 2-3", "delta 3-4", "delta 4-5"]);
    expect(outlet.take("slow")).toEqual(["snapshot 1"]);
  });

  it("is cut after 30 s of silence, and no sooner", async () => {
    const { frames, join, outlet, clock, told } = await start();
    await frames(1);
    await join("dead");
    clock.advance(30_000);
    expect(outlet.cuts).toEqual([]);
    clock.advance(5_000);
    expect([outlet.cuts, told]).toEqual([["dead"], ["silent"]]);
  });

  it("is cut when more than a mebibyte waits to leave for it", async () => {
    const { frames, join, outlet, clock } = await start();
    await frames(1);
    await join("a");
    await join("b");
    outlet.buffered.set("a", 1024 * 1024 + 1).set("b", 1024 * 1024);
    clock.advance(5_000);
    expect(outlet.cuts).toEqual(["a"]);
  });
});

describe("an answer", () => {
  it("counts only for a frame that is under way, once", async () => {
    const { frames, join, audience } = await start();
    await frames(1);
    await join("a");
    expect([audience.acknowledge("a", 7), audience.acknowledge("b", 1)]).toEqual([false, false]);
    expect([audience.acknowledge("a", 1), audience.acknowledge("a", 1)]).toEqual([true, false]);
  });

  it("answers all frames before it", async () => {
    const { frames, join, audience, outlet } = await start();
    await frames(1);
    await join("a");
    audience.acknowledge("a", 1);
    await frames(2);
    audience.acknowledge("a", 3);
    await frames(2);
    expect(outlet.take("a")).toEqual(["snapshot 1", "delta 1-2", "delta 2-3", "delta 3-4", "delta 4-5"]);
  });
});

describe("a viewer that comes back", () => {
  it("gets every frame that it missed, one by one, and then the live ones", async () => {
    const { frames, join, audience, outlet, told } = await start();
    await frames(5);
    await join("a", { epoch: "e1", seq: 2 });
    expect(outlet.take("a")).toEqual(["delta 2-3", "delta 3-4", "delta 4-5"]);
    audience.acknowledge("a", 5);
    await frames(1);
    expect(outlet.take("a")).toEqual(["delta 5-6"]);
    expect(told).toEqual(["replayed 1"]);
  });

  it("gets a keyframe as a snapshot in the middle of what it missed", async () => {
    const { frames, join, outlet } = await start();
    await frames(63);
    await join("a", { epoch: "e1", seq: 59 });
    expect(outlet.take("a")).toEqual(["delta 59-60", "snapshot 61", "delta 61-62", "delta 62-63"]);
  });

  it("gets nothing again that it holds", async () => {
    const { frames, join, outlet, told } = await start();
    await frames(5);
    await join("a", { epoch: "e1", seq: 5 });
    await frames(1);
    expect(outlet.take("a")).toEqual(["delta 5-6"]);
    expect(told).toEqual(["nothing-missed 1"]);
  });

  it.each([
    ["The server was restarted", { epoch: "old", seq: 5 }],
    ["The server does not know", { epoch: "e1", seq: 999 }],
    ["What this page missed is no longer kept", { epoch: "e1", seq: 1 }],
  ])("is told to start anew, with a snapshot, when that cannot be done: %s", async (why, point) => {
    const { frames, join, outlet, told } = await start({ greatestFrames: 61 });
    await frames(130);
    await join("a", point);
    const [reset, snapshot] = outlet.take("a");
    expect([reset?.slice(7, 7 + why.length), snapshot, told]).toEqual([why, "snapshot 130", ["reset 1"]]);
  });

  it("starts anew after more than 300 frames", async () => {
    const { frames, join, outlet } = await start();
    await frames(302);
    await join("a", { epoch: "e1", seq: 1 });
    expect(must(outlet.take("a")[0])).toContain("away for too long");
    await join("b", { epoch: "e1", seq: 2 });
    expect(outlet.take("b")).toHaveLength(300);
  });

  it("starts anew when the log cannot be read", async () => {
    const { frames, join, outlet, log, told } = await start();
    await frames(5);
    log.tail = () => {
      throw new Error("bad disk");
    };
    await join("a", { epoch: "e1", seq: 2 });
    expect(outlet.take("a").at(-1)).toBe("snapshot 5");
    expect(told).toEqual(["Error: bad disk", "reset 1"]);
  });
});

it("what is odd in the data is told on subscription and whenever it changes", async () => {
  const { frames, join, outlet, source } = await start();
  await frames(1);
  await join("a");
  const problem = { kind: "dropped", place: "p", found: "x".repeat(5000), done: "d" } as const;
  await source.emit(frameAt(50), [problem]);
  const problems = outlet.sent.flatMap(({ message }) =>
    message.event === "source" ? [message.body.problems] : [],
  );
  expect(problems.map((list) => list.map(({ found }) => found.length))).toEqual([[], [1024]]);
});

it("a viewer that left gets nothing", async () => {
  const { frames, join, outlet, audience } = await start();
  await frames(1);
  await join("a");
  outlet.take("a");
  audience.leave("a");
  await frames(1);
  expect([outlet.take("a"), audience.size]).toEqual([[], 0]);
});
