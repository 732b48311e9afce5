import { isDeepStrictEqual } from "node:util";

import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { systemClock } from "#server/system-clock.ts";
import { MisbehavingRelay, type Deed } from "#testing/misbehaving-relay.ts";
import { TcpProxy } from "#testing/tcp-proxy.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

import { createLivePlayer } from "./live-player.ts";
import type { PlayerState } from "./player.ts";

/* The player against our own server, over real sockets. */

const { topology } = twoRegions();
const frameAt = (at: number) => snapshotOf(topology, (edge) => edge + at, at);

let undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.toReversed()) await step();
  undo = [];
});

async function serve(
  flags: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<TestServer> {
  const server = await startTestServer(flags, environment);
  undo.push(() => server.stop());
  return server;
}

function watch(url: string, token?: string) {
  const states: PlayerState[] = [];
  const ats = new Set<number>();
  const player = createLivePlayer({
    url,
    clock: systemClock(),
    random: () => 0,
    ...(token === undefined ? {} : { token }),
  });
  undo.push(
    player.start((state) => {
      states.push(state);
      for (const { at } of state.frames) ats.add(at);
    }),
  );
  return { player, states, ats, last: () => must(states.at(-1)), phase: () => states.at(-1)?.phase.kind };
}

const isLost = (deed: Deed) => deed === "drop" || deed === "swap";

describe("a live player on our server", () => {
  it("shows what the source says, to the last digit", async () => {
    const server = await serve();
    await server.source.emit(frameAt(1));
    const viewer = watch(server.url);
    await until(() => viewer.phase() === "live");
    await server.source.emit(frameAt(2));
    await until(() => viewer.ats.has(2));
    expect(viewer.last().frames.map(({ values, topology: shown }) => [values, shown.nodes])).toEqual(
      [1, 2].map((at) => [frameAt(at).values, topology.nodes]),
    );
    expect(viewer.last().source).toMatchObject({ feed: "by-hand", title: "by hand", role: "operator" });
  });

  it("comes back from every cut of the line without a gap", async () => {
    const server = await serve();
    const proxy = await TcpProxy.to(server.port);
    undo.push(() => proxy.close());
    let at = 1;
    await server.source.emit(frameAt(at));
    const viewer = watch(proxy.url);
    await until(() => viewer.phase() === "live");
    for (let cut = 0; cut < 6; cut += 1) {
      for (let i = 0; i < 5; i += 1) {
        await server.source.emit(frameAt((at += 1)));
        await until(() => viewer.ats.has(at), `frame ${at}`);
      }
      proxy.cut();
      for (let i = 0; i < 5; i += 1) await server.source.emit(frameAt((at += 1)));
      await until(() => viewer.ats.has(at), `frame ${at}`);
    }
    expect([...viewer.ats]).toEqual(Array.from({ length: at }, (_, i) => i + 1));
    expect([viewer.last().gaps, viewer.last().generation]).toEqual([[], 0]);
    expect(viewer.states.some(({ phase }) => phase.kind === "reconnecting")).toBe(true);
  });

  it("shows every frame as it is, in order, and ends at the newest, though deltas are dropped, doubled and swapped", async () => {
    const server = await serve();
    let next: Deed = "keep";
    const relay = await MisbehavingRelay.to(server.url, () => {
      const deed = next;
      next = "keep";
      return deed;
    });
    undo.push(() => relay.close());
    let newest = 1;
    await server.source.emit(frameAt(newest));
    const viewer = watch(relay.url);
    await until(() => viewer.phase() === "live");
    for (let round = 0; round < 5; round += 1) {
      for (const deed of ["drop", "double", "swap", "keep"] as const) {
        // One frame that is answered to: the server sends a viewer that it takes for slow nothing before it has answered to the last.
        const { answers } = relay;
        await server.source.emit(frameAt((newest += 1)));
        await until(() => viewer.ats.has(newest) && relay.answers > answers, `frame ${newest}`);
        await server.get("/healthz");
        next = deed;
        await server.source.emit(frameAt((newest += 1)));
        await until(
          () => next === "keep" && (isLost(deed) || viewer.ats.has(newest)),
          `frame ${newest}, ${deed}`,
        );
        await server.source.emit(frameAt((newest += 1)));
        await until(() => viewer.ats.has(newest), `frame ${newest} after ${deed}`);
      }
    }
    expect([...viewer.ats]).toEqual(Array.from({ length: newest }, (_, i) => i + 1));
    const shown = viewer.states.flatMap(({ frames }) => frames);
    expect(shown.filter(({ at, values }) => !isDeepStrictEqual(values, frameAt(at).values))).toEqual([]);
    for (const { frames } of viewer.states) {
      const ats = frames.map(({ at }) => at);
      expect(ats).toEqual([...new Set(ats)].toSorted((a, b) => a - b));
    }
    // The server has kept all of it: what was lost came again.
    expect([viewer.phase(), viewer.last().generation, viewer.last().gaps]).toEqual(["live", 0, []]);
  });

  it("waits for a server that is away, and says that another history began when it is back", async () => {
    const first = await startTestServer();
    await first.source.emit(frameAt(500));
    const viewer = watch(first.url);
    await until(() => viewer.phase() === "live");
    await first.stop();
    await until(() => viewer.phase() === "reconnecting");
    expect(viewer.last().phase).toMatchObject({ reason: "The server is stopping." });
    const second = await serve([`--port=${first.port}`]);
    await second.source.emit(frameAt(7));
    await until(() => viewer.ats.has(7), "the frame of the second server");
    expect(viewer.last()).toMatchObject({ generation: 1, phase: { kind: "live" } });
    expect(viewer.last().frames.map(({ at }) => at)).toEqual([7]);
  });

  it("asks for a token where one is needed, and goes on with the right one", async () => {
    const server = await serve([], { SPILLWAY_TOKENS: "viewer:0123456789abcdef" });
    await server.source.emit(frameAt(1));
    const viewer = watch(server.url, "wrong");
    await until(() => viewer.phase() === "refused");
    expect(viewer.last().phase).toMatchObject({ cause: "token" });
    viewer.player.authorize("0123456789abcdef");
    await until(() => viewer.phase() === "live");
    expect(viewer.last().source?.role).toBe("viewer");
  });

  it("says in the server's words why it is not let in, and tries again where that may help", async () => {
    const server = await serve(["--max-viewers=1"]);
    await server.source.emit(frameAt(1));
    const first = watch(server.url);
    await until(() => first.phase() === "live");
    const second = watch(server.url);
    await until(() => second.phase() === "reconnecting");
    expect(second.last().phase).toMatchObject({
      reason: "The server has as many connections as it may have.",
    });
    await must(undo.pop())();
    await must(undo.pop())();
    const third = watch(server.url);
    await until(() => third.phase() === "live");
  });

  it("finds the server below the base path of a proxy", async () => {
    const server = await serve(["--public-url=http://127.0.0.1/base/", "--insecure-no-auth"]);
    await server.source.emit(frameAt(1));
    const viewer = watch(`http://127.0.0.1:${server.port}/base/`);
    await until(() => viewer.phase() === "live");
    expect(viewer.ats.has(1)).toBe(true);
  });

  it("that does not answer is sent one merged frame and told so, and others do not notice", async () => {
    const server = await serve();
    await server.source.emit(frameAt(1));
    const quick = watch(server.url);
    await until(() => quick.phase() === "live");
    const slow = server.connect();
    const heard: string[] = [];
    const seqs: number[] = [];
    slow.onAny((event: string, body: { seq?: number }) => {
      heard.push(event);
      if (body.seq !== undefined) seqs.push(body.seq);
    });
    slow.on("hello", () => slow.emit("subscribe", { feed: "by-hand" }));
    await until(() => seqs.length === 1);
    for (let at = 2; at <= 30; at += 1) {
      await server.source.emit(frameAt(at));
      await until(() => quick.ats.has(at), `frame ${at}`);
    }
    expect(seqs).toEqual([1]);
    slow.emit("ack", { seq: 1 });
    await until(() => seqs.length === 2);
    expect([seqs, heard.slice(-2), quick.last().gaps]).toEqual([[1, 30], ["gap", "delta"], []]);
    slow.disconnect();
  });
});
