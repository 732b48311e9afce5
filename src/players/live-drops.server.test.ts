import { afterEach, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { isJsonObject } from "#base/json.ts";
import { mulberry32 } from "#base/random.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { systemClock } from "#server/system-clock.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";
import { TcpProxy } from "#testing/tcp-proxy.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

import { createLivePlayer } from "./live-player.ts";
import type { FrameGap } from "./player.ts";

/** How often a viewer is dropped; 1,000 in the soak. */
const drops = Number(process.env["SOAK_DROPS"] ?? 40);
const viewersAtOnce = 5;
/** Every so many rounds it is the server that goes, and not only the line. */
const roundsPerRestart = 4;

const { topology } = twoRegions();
const frameAt = (at: number) => snapshotOf(topology, (edge) => edge + at, at);

let undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.toReversed()) await step();
  undo = [];
});

/** Watches, and keeps everything that it has seen or was told that it has not. */
function watch(url: string) {
  const seen = new Set<number>();
  const wrong: number[] = [];
  const gaps = new Map<string, FrameGap>();
  let generation = 0;
  const player = createLivePlayer({ url, clock: systemClock(), random: () => 0 });
  undo.push(
    player.start((state) => {
      generation = state.generation;
      for (const gap of state.gaps) gaps.set(JSON.stringify(gap), gap);
      for (const { at, values } of state.frames) {
        if (!seen.has(at) && values[0] !== frameAt(at).values[0]) wrong.push(at);
        seen.add(at);
      }
    }),
  );
  return { seen, wrong, gaps, generation: () => generation };
}

/** Emits a frame and waits until it is recorded under the number that is also its moment. */
async function emit(server: TestServer, at: number): Promise<void> {
  await server.source.emit(frameAt(at));
  for (;;) {
    const answer: unknown = await (await server.get("/api/feeds/by-hand/recording")).json();
    if (isJsonObject(answer) && Number(answer["newest"]) >= at) return;
  }
}

it(
  `shows every frame or says what it did not see, dropped ${drops} times, across restarts of the server`,
  { timeout: 30_000 + drops * 2_000 },
  async () => {
    const folder = temporaryFolder();
    undo.push(() => folder.remove());
    let server: TestServer = await startTestServer([`--data=${folder.path}`]);
    undo.push(() => server.stop());
    const random = mulberry32(3);
    const proxy = await TcpProxy.to(server.port);
    undo.push(() => proxy.close());
    let at = 1;
    await emit(server, at);
    const viewers = Array.from({ length: viewersAtOnce }, () => watch(proxy.url));
    const all = () => until(() => viewers.every(({ seen }) => seen.has(at)), `frame ${at}`);
    await all();
    for (let round = 1; round * viewersAtOnce <= drops; round += 1) {
      for (let i = Math.floor(random() * 4); i > 0; i -= 1) await emit(server, (at += 1));
      proxy.cut();
      if (round % roundsPerRestart === 0) {
        const { port } = server;
        await server.stop();
        server = await startTestServer([`--data=${folder.path}`, `--port=${port}`]);
      }
      for (let i = Math.floor(random() * 8); i >= 0; i -= 1) await emit(server, (at += 1));
      await all();
    }
    for (const { seen, wrong, gaps, generation } of viewers) {
      const told = [...gaps.values()];
      const silent = Array.from({ length: at }, (_, i) => i + 1).filter(
        (frame) => !seen.has(frame) && !told.some(({ fromSeq, toSeq }) => frame >= fromSeq && frame <= toSeq),
      );
      // The recording outlives the server: it is the same history all along, and nothing starts anew.
      expect([silent, wrong, generation()]).toEqual([[], [], 0]);
    }
    expect(must(viewers[0]).seen.size).toBeGreaterThan(drops / viewersAtOnce);
  },
);
