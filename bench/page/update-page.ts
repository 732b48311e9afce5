import { applyDelta, diffSnapshots } from "#domain/delta.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { layoutGraph } from "#layout/layout-graph.ts";

import type { PlayerState } from "#players/player.ts";
import { decodeDelta, encodeDelta } from "#protocol/delta-message.ts";
import { RenderClient } from "#renderer/render-client.ts";
import { createApp } from "#store/create-app.ts";
import { idleSimulation } from "#testing/idle-simulation.ts";
import { noFrames } from "#testing/no-frames.ts";
import { noBookmarks } from "#testing/no-bookmarks.ts";
import { noSources } from "#testing/no-sources.ts";
import { noClips, noCutter } from "#testing/no-clips.ts";
import { noRecording } from "#testing/no-recording.ts";
import { testOptions, testPalette } from "#testing/engine-scene.ts";

import topologyUrl from "../../mock-data/topologies/huge.json?url";

/** Updates that are ready to be made, once. */
export interface PreparedUpdates {
  /** Makes them, each in a turn of its own, and returns how long each took by the clock, from packet to renderer, ms. */
  run(): Promise<readonly number[]>;
}

/** Frames that come a second apart, with every rate changed, and a page that shows 1,000 services and 5,000 edges. */
export async function prepareUpdates(count: number, canvas: HTMLCanvasElement): Promise<PreparedUpdates> {
  const began = Date.now();
  const reading = parseVizceral(await (await fetch(topologyUrl)).text(), { now: began });
  if (!reading.ok) throw new Error(reading.error.message);
  let known = reading.value.snapshot;
  let listener: ((state: PlayerState) => void | Promise<void>) | undefined;
  const clock = { now: () => performance.timeOrigin + performance.now(), after: () => () => undefined };
  const app = createApp({
    player: {
      start: (next) => {
        listener = next;
        return () => undefined;
      },
    },
    layout: {
      request: (input, done) => {
        done(layoutGraph(input), true);
        return () => undefined;
      },
    },
    clock,
    simulation: idleSimulation,
    frames: noFrames,
    recording: noRecording,
    bookmarks: noBookmarks,
    sources: noSources,
    cutter: noCutter,
    clips: noClips,
    storage: { getItem: () => null, setItem: () => undefined },
    address: { read: () => "", write: () => undefined, onTravel: () => () => undefined },
  });
  const client = new RenderClient(canvas, { engine: "auto", fonts: [], inWorker: true });
  const viewport = { width: innerWidth, height: innerHeight };
  client.send({ kind: "appearance", palette: testPalette, options: testOptions });
  client.send({ kind: "size", viewport, pixelRatio: 1 });
  app.onSceneUpdate((update) => client.send(update));
  app.actions.resize(viewport, { left: 0, top: 48, right: 0, bottom: 0 });

  const frames: TrafficSnapshot[] = [];
  function show(snapshot: TrafficSnapshot): void {
    frames.push(snapshot);
    if (frames.length > 16) frames.shift();
    void listener?.(stateOf(frames, clock.now()));
  }

  show(known);
  const packets = packetsFrom(known, count);
  return {
    run: async () => {
      const times: number[] = [];
      for (const packet of packets) {
        // A turn of its own for each packet, as a socket gives it.
        await new Promise((resolve) => setTimeout(resolve, 60));
        const start = performance.now();
        const decoded = decodeDelta(JSON.parse(packet));
        const applied = decoded.ok ? applyDelta(known, decoded.value.delta) : decoded;
        if (!applied.ok) throw new Error("a delta could not be applied");
        known = applied.value;
        show(known);
        times.push(performance.now() - start);
      }
      app.dispose();
      client.dispose();
      return times;
    },
  };
}

function packetsFrom(first: TrafficSnapshot, count: number): readonly string[] {
  const packets: string[] = [];
  let before = first;
  const rates = first.topology.edges.length * first.topology.classes.length;
  for (let frame = 1; frame <= count; frame += 1) {
    const values = first.values.map((value, slot) =>
      slot < rates ? Math.round(value * (0.9 + ((slot * 7 + frame * 13) % 100) / 500) * 1000) / 1000 : value,
    );
    const after = createSnapshot({ ...first, at: first.at + frame * 1000, values });
    packets.push(JSON.stringify(encodeDelta(diffSnapshots(before, after), frame, frame - 1, after.values)));
    before = after;
  }
  return packets;
}

function stateOf(frames: readonly TrafficSnapshot[], now: number): PlayerState {
  const newest = frames.at(-1);
  const at = newest?.at ?? now;
  return {
    generation: 1,
    phase: { kind: "live" },
    frames: [...frames],
    current: newest,
    timeMap: { wallAt: now, dataAt: at, motionAt: at, speed: 1, holdAt: at + 1000 },
    clockOffsetMs: 0,
    source: undefined,
    gaps: [],
  };
}
