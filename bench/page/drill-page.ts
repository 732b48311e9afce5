import { layoutGraph } from "#layout/layout-graph.ts";
import { createDrillPlayer } from "#players/drill-player.ts";
import type { PlayerState } from "#players/player.ts";
import { createSimulationClient } from "#players/simulation-client.ts";
import { simulationEngine } from "#players/simulation-engine.ts";
import { RenderClient } from "#renderer/render-client.ts";
import { createApp } from "#store/create-app.ts";
import { testOptions, testPalette } from "#testing/engine-scene.ts";
import { noFrames } from "#testing/no-frames.ts";
import { noBookmarks } from "#testing/no-bookmarks.ts";
import { noSources } from "#testing/no-sources.ts";
import { noClips, noCutter } from "#testing/no-clips.ts";
import { noRecording } from "#testing/no-recording.ts";
import { worldFrame } from "#testing/region-graphs.ts";

export interface PreparedDrill {
  /** Simulated seconds that have been shown so far. */
  seconds(): number;
  dispose(): void;
}

/** Starts a drill on three regions of 80 services and 150 edges, computed in the worker and drawn in another; resolves when it runs. */
export async function prepareDrill(speed: number, canvas: HTMLCanvasElement): Promise<PreparedDrill> {
  const clock = {
    now: () => performance.timeOrigin + performance.now(),
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const simulation = createSimulationClient({
    createWorker: () =>
      new Worker(new URL("../../src/players/simulation.worker.ts", import.meta.url), { type: "module" }),
    clock,
    engine: simulationEngine,
  });
  const frame = worldFrame({ seed: 7, regions: 3, services: 80, calls: 150, peak: 1.5 });
  const now = clock.now();
  const state: PlayerState = {
    generation: 1,
    phase: { kind: "live" },
    frames: [frame],
    current: frame,
    timeMap: { wallAt: now, dataAt: frame.at, motionAt: frame.at, speed: 1, holdAt: frame.at },
    clockOffsetMs: 0,
    source: undefined,
    gaps: [],
  };
  const still = {
    start: (listener: (first: PlayerState) => void | Promise<void>) => {
      void listener(state);
      return () => undefined;
    },
  };
  const app = createApp({
    player: createDrillPlayer(still, { simulation, clock }),
    layout: {
      request: (input, done) => {
        done(layoutGraph(input), true);
        return () => undefined;
      },
    },
    simulation,
    frames: noFrames,
    recording: noRecording,
    bookmarks: noBookmarks,
    sources: noSources,
    cutter: noCutter,
    clips: noClips,
    clock,
    storage: { getItem: () => null, setItem: () => undefined },
    address: { read: () => "", write: () => undefined, onTravel: () => () => undefined },
  });
  const client = new RenderClient(canvas, { engine: "auto", fonts: [], inWorker: true });
  const viewport = { width: innerWidth, height: innerHeight };
  client.send({ kind: "appearance", palette: testPalette, options: testOptions });
  client.send({ kind: "size", viewport, pixelRatio: 1 });
  app.onSceneUpdate((update) => client.send(update));
  app.actions.resize(viewport, { left: 0, top: 48, right: 0, bottom: 0 });
  // Inside a region, where most is drawn.
  app.actions.enter(["region-1"]);
  app.actions.openDrill("region-0");
  app.actions.setDrillSpeed(speed);
  await app.actions.runDrill();
  return {
    seconds: () => {
      const { activity } = app.store.getState().drill;
      return activity.kind === "running" ? activity.progress.elapsedMs / 1000 : NaN;
    },
    dispose: () => {
      app.dispose();
      client.dispose();
      simulation.dispose();
    },
  };
}
