import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { turns } from "#testing/turns.ts";
import { HandHeldWire, plainCodec } from "#testing/hand-held-wire.ts";

import { LiveSession } from "./live-session.ts";
import type { LiveWire } from "./live-wire.ts";

const base = twoRegions(0);
const frames = Array.from({ length: 12 }, (_, i) => snapshotOf(base.topology, (edge) => edge * i, i));

let server: HandHeldWire;
let session: LiveSession;
let told: string[];
let shown: TrafficSnapshot[];

function start(feed?: string): void {
  told = [];
  shown = [];
  server = new HandHeldWire(frames);
  const wires: LiveWire[] = [];
  session = new LiveSession({
    feed,
    codec: plainCodec,
    send: (event, body) => wires[0]?.send(event, body),
    events: {
      hello: (_, { feed: name }) => told.push(`hello ${name}`),
      serverTime: () => {},
      source: ({ problems }) => told.push(`problems ${problems.length}`),
      frame: (snapshot) => shown.push(snapshot),
      newHistory: () => told.push("new history"),
      gap: ({ fromSeq, toSeq }) => told.push(`gap ${fromSeq}-${toSeq}`),
      sharedDrill: (drill, ended) => told.push(`drill ${drill?.plan.victim ?? "none"} ${ended ?? ""}`),
      drillRefused: (message) => told.push(message),
      goodbye: (why, inMs) => told.push(`goodbye ${why} ${inMs}`),
      refused: (cause, message) => told.push(`${cause}: ${message}`),
      unreadable: (why) => told.push(why),
    },
  });
  wires.push(
    server.create({
      message: (event, body) => session.receive(event, body),
      closed: () => {},
      refused: () => {},
    }),
  );
}

async function follow(seq: number): Promise<void> {
  server.hello();
  server.source();
  server.snapshot(seq);
  await turns();
  server.take();
  told = [];
}

const numbersShown = () => shown.map(({ at }) => at + 1);

beforeEach(() => start());

describe("a session", () => {
  it("subscribes to the server's first feed and shows and answers every frame", async () => {
    server.hello();
    server.source();
    server.snapshot(1);
    server.delta(1, 2);
    server.delta(2, 3);
    await turns();
    expect(server.take()).toEqual(['subscribe {"feed":"demo"}', "ack 1", "ack 2", "ack 3"]);
    expect(shown.map(({ values }) => values)).toEqual(frames.slice(0, 3).map(({ values }) => values));
    expect(told).toEqual(["hello demo", "problems 0"]);
  });

  it("subscribes to the feed that was asked for, or says which there are", () => {
    start("other");
    server.hello();
    expect(server.take()).toEqual(['subscribe {"feed":"other"}']);
    start("nope");
    server.hello();
    expect(told).toEqual(['feed: The server has no feed "nope". It has: demo, other.']);
  });

  it("says that it is of another version than the server, whatever else has changed", () => {
    server.hello({ protocol: 3, feeds: "otherwise" });
    server.hello({ protocol: 0 });
    expect(told).toEqual([
      "version: The server was updated; this page is older. Reload it.",
      expect.stringContaining("version: The server is older than this page."),
    ]);
  });
});

describe("on a wire that misbehaves", () => {
  it("asks for what is missing when a frame was dropped, once, and goes on when it comes", async () => {
    await follow(1);
    server.delta(2, 3);
    server.delta(3, 4);
    expect(server.take()).toEqual(['subscribe {"feed":"demo","epoch":"e1","seq":1}']);
    server.delta(1, 2);
    server.delta(2, 3);
    server.delta(3, 4);
    expect(numbersShown()).toEqual([1, 2, 3, 4]);
    expect([server.take(), told]).toEqual([["ack 2", "ack 3", "ack 4"], []]);
  });

  it("shows a frame once that comes twice, and answers both times", async () => {
    await follow(1);
    server.delta(1, 2);
    server.delta(1, 2);
    server.snapshot(2);
    await turns();
    expect([numbersShown(), server.take()]).toEqual([
      [1, 2],
      ["ack 2", "ack 2", "ack 2"],
    ]);
  });

  it("keeps the order of what comes while a snapshot is unpacked", async () => {
    await follow(1);
    server.snapshot(5);
    server.delta(5, 6);
    expect(numbersShown()).toEqual([1]);
    await turns();
    expect(numbersShown()).toEqual([1, 5, 6]);
  });

  it("drops what it had not read when the connection ends", async () => {
    server.hello();
    server.snapshot(1);
    session.forgetConnection();
    await turns();
    expect(shown).toEqual([]);
  });

  it("asks for a snapshot when a delta fits the number but not the frame", async () => {
    await follow(1);
    server.say("delta", { seq: 2, base: 1, t: 1, window: 1, runs: [99_999, 1], values: [1] });
    expect(server.take()).toEqual(['subscribe {"feed":"demo"}']);
    server.snapshot(4);
    await turns();
    expect([numbersShown(), told]).toEqual([[1, 4], ["gap 2-3"]]);
  });

  it("says what it cannot read, and begins anew with a snapshot on the next connection", async () => {
    await follow(1);
    server.say("delta", { seq: "2" });
    expect(told[0]).toContain("The server sent something that this page cannot read (delta: values: a list");
    session.forgetConnection();
    server.hello();
    expect(server.take()).toEqual(['subscribe {"feed":"demo"}']);
  });

  it("asks again after it was told that what it asked for does not come", async () => {
    await follow(1);
    server.delta(2, 3);
    server.take();
    server.delta(3, 4);
    expect(server.take()).toEqual([]);
    session.stopWaiting();
    server.delta(4, 5);
    expect(server.take()).toEqual(['subscribe {"feed":"demo","epoch":"e1","seq":1}']);
  });

  it("ends at the newest frame, in order and with every number shown or told of, whatever is dropped, doubled or swapped", async () => {
    const misdeeds = fc.array(fc.constantFrom("keep", "drop", "double", "swap"), {
      minLength: 8,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(misdeeds, async (deeds) => {
        start();
        await follow(1);
        let swapped: number | undefined;
        deeds.forEach((deed, i) => {
          const seq = i + 2;
          if (deed === "swap") swapped = seq;
          else if (deed !== "drop") server.delta(seq - 1, seq);
          if (deed === "double") server.delta(seq - 1, seq);
          if (deed !== "swap" && swapped !== undefined) {
            server.delta(swapped - 1, swapped);
            swapped = undefined;
          }
          // The server answers at once to whoever asks, frame by frame from where they stand.
          const asked = server.take().find((line) => line.startsWith("subscribe"));
          const from = /"seq":(\d+)/.exec(asked ?? "")?.[1];
          for (let n = Number(from); n < seq; n += 1) server.delta(n, n + 1);
        });
        server.delta(9, 10);
        const asked = server.take().findLast((line) => line.startsWith("subscribe"));
        const from = /"seq":(\d+)/.exec(asked ?? "")?.[1];
        for (let n = Number(from); n < 10; n += 1) server.delta(n, n + 1);
        expect(numbersShown()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        expect(told).toEqual([]);
      }),
    );
  });
});

describe("after another connection", () => {
  it("asks for what it missed", async () => {
    await follow(3);
    session.forgetConnection();
    server.hello();
    expect(server.take()).toEqual(['subscribe {"feed":"demo","epoch":"e1","seq":3}']);
  });

  it("says that there is a new history when the epoch is another", async () => {
    await follow(7);
    server.say("reset", { epoch: "e2", why: "The server was restarted." });
    server.epoch = "e2";
    server.snapshot(2);
    await turns();
    expect([numbersShown(), told]).toEqual([[7, 2], ["new history"]]);
  });

  it("tells of the hole when the server does not keep what was missed, and only once", async () => {
    await follow(2);
    server.say("reset", { epoch: "e1", why: "This page was away for too long." });
    server.snapshot(8);
    await turns();
    server.say("gap", { from: 9, to: 10, why: "slow" });
    server.snapshot(11);
    await turns();
    expect(told).toEqual(["gap 3-7", "gap 9-10"]);
  });
});

it("passes on goodbyes and refusals", () => {
  server.say("goodbye", { why: "The server is stopping.", reconnectInMs: 5 });
  server.say("refusal", { cause: "feed", message: "No such feed." });
  server.say("what-is-this", {});
  expect(told).toEqual(["goodbye The server is stopping. 5", "feed: No such feed."]);
});
