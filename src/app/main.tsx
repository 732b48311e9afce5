import { createRoot } from "react-dom/client";

import { must } from "#base/assert.ts";
import { hashText, mulberry32 } from "#base/random.ts";
import { createClipClient } from "#players/clip/clip-client.ts";
import { httpCutter } from "#players/clip/http-cutter.ts";
import { createDrillPlayer } from "#players/drill-player.ts";
import { createFilePlayer } from "#players/file-player.ts";
import { httpFrames } from "#players/http-frames.ts";
import { httpFeedSources } from "#players/http-feed-sources.ts";
import type { HttpOptions } from "#players/http-json.ts";
import { createLivePlayer } from "#players/live-player.ts";
import { createGroupReader } from "#players/recording/group-reader.ts";
import { httpBookmarks } from "#players/recording/http-bookmarks.ts";
import { httpRecording } from "#players/recording/http-recording.ts";
import { createReplayPlayer } from "#players/replay-player.ts";
import { createSimulationClient } from "#players/simulation-client.ts";
import { createApp } from "#store/create-app.ts";
import { createLayoutClient } from "#store/layout-client.ts";
import { readUrl } from "#store/url-state.ts";
import { Shell } from "#views/shell/Shell.tsx";

import { browserAddress } from "./browser-address.ts";
import { browserClock } from "./browser-clock.ts";
import { browserStorage } from "./browser-storage.ts";
import { loadRest } from "./load-rest.ts";
import { followVisibility } from "./page-visibility.ts";
import { followSystemPreferences } from "./system-preferences.ts";

/** The composition root of the page: everything that the program is given, it is given here. */
const clock = browserClock;
const storage = browserStorage();
const { feed } = readUrl(browserAddress.read());

const simulation = createSimulationClient({
  createWorker: () =>
    new Worker(new URL("../players/simulation.worker.ts", import.meta.url), {
      type: "module",
      name: "simulation",
    }),
  clock,
  // Not a part of what loads first: there nearly always is a worker.
  engine: async () => (await import("#players/simulation-engine.ts")).simulationEngine,
});

const live = createLivePlayer({
  url: document.baseURI,
  clock,
  random: mulberry32(hashText(String(clock.now()))),
  ...(feed === undefined ? {} : { feed }),
});

const http: HttpOptions = { base: document.baseURI, fetch: (url, init) => fetch(url, init) };
const recording = httpRecording(http);

const reader = createGroupReader(
  () =>
    new Worker(new URL("../players/recording/group.worker.ts", import.meta.url), {
      type: "module",
      name: "recording",
    }),
);

const clips = createClipClient({
  createWorker: () =>
    new Worker(new URL("../players/clip/clip.worker.ts", import.meta.url), { type: "module", name: "clips" }),
  // Not a part of what loads first: there nearly always is a worker.
  desk: async () => (await import("#players/clip/clip-desk.ts")).deskInMemory,
});

const player = createFilePlayer(createReplayPlayer(live, { source: recording, reader, clock }), {
  recording,
  reader,
  clock,
});

const app = createApp({
  player: createDrillPlayer(player, { simulation, clock }),
  layout: createLayoutClient(
    () =>
      new Worker(new URL("../store/layout.worker.ts", import.meta.url), { type: "module", name: "layout" }),
    clock,
  ),
  simulation,
  recording: player.recording,
  bookmarks: httpBookmarks(http),
  sources: httpFeedSources(http),
  cutter: httpCutter(http),
  clips,
  frames: httpFrames(http),
  clock,
  storage,
  address: browserAddress,
});
followSystemPreferences(app.actions.setPreferences);
followVisibility(app.actions.setHidden);

loadRest(app, clock, [
  clips.prepare,
  () => import("#players/simulation-engine.ts"),
  async () => (await import("#views/load-rest.ts")).loadRestOfViews(),
]);

createRoot(must(document.querySelector("#root"))).render(<Shell app={app} clock={clock} />);
