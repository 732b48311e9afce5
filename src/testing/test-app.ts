import type { ClipCutter } from "#players/clip/clip-cutter.ts";
import type { ClipService } from "#players/clip/clip-service.ts";
import type { FeedSources } from "#players/feed-sources.ts";
import type { DrillFrames } from "#players/drill-frames.ts";

import type { BookmarkSource } from "#players/recording/bookmark-source.ts";
import type { RecordingSource } from "#players/recording/recording-source.ts";
import type { Player } from "#players/player.ts";
import type { SimulationService } from "#players/simulation-service.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { App } from "#store/app.ts";
import { createApp } from "#store/create-app.ts";
import type { AddressBar } from "#store/app-core.ts";
import type { LayoutService } from "#store/view-places.ts";

import { FakePlayer } from "./fake-player.ts";
import { idleSimulation } from "./idle-simulation.ts";
import { ManualClock } from "./manual-clock.ts";
import { noBookmarks } from "./no-bookmarks.ts";
import { noClips, noCutter } from "./no-clips.ts";
import { noFrames } from "./no-frames.ts";
import { noSources } from "./no-sources.ts";
import { noRecording } from "./no-recording.ts";

/** Parts of the app that a test brings along. */
export interface TestParts {
  readonly simulation?: SimulationService;
  readonly frames?: DrillFrames;
  readonly recording?: RecordingSource;
  readonly bookmarks?: BookmarkSource;
  readonly sources?: FeedSources;
  readonly cutter?: ClipCutter;
  readonly clips?: ClipService;
  readonly layout?: LayoutService;
  readonly address?: AddressBar;
  /** What an earlier visit has left, by key. */
  readonly kept?: Map<string, string>;
  /** What the app plays, made around the player that the test tells what to show. */
  readonly playing?: (player: FakePlayer, clock: ManualClock) => Player;
}

export interface TestApp {
  readonly app: App;
  readonly player: FakePlayer;
  readonly clock: ManualClock;
  /** The address's query as it was written last. */
  readonly address: { search: string };
  /** What was kept, by key. */
  readonly kept: Map<string, string>;
}

/** An app on a screen of 1000 by 700, with nodes in a row, in the order of the view. It shows the snapshot when there is one. */
export function createTestApp(snapshot?: TrafficSnapshot, search = "", parts: TestParts = {}): TestApp {
  const player = new FakePlayer();
  const clock = new ManualClock();
  const address = { search };
  const { simulation = idleSimulation, layout = rowLayout, playing } = parts;
  const {
    frames = noFrames,
    recording = noRecording,
    bookmarks = noBookmarks,
    kept = new Map<string, string>(),
  } = parts;
  const app = createApp({
    player: playing === undefined ? player : playing(player, clock),
    simulation,
    frames,
    recording,
    bookmarks,
    sources: parts.sources ?? noSources,
    cutter: parts.cutter ?? noCutter,
    clips: parts.clips ?? noClips,
    clock,
    layout,
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    address: parts.address ?? {
      read: () => address.search,
      write: (next) => {
        address.search = next;
      },
      onTravel: () => () => undefined,
    },
  });
  app.actions.resize({ width: 1000, height: 700 }, { left: 0, top: 0, right: 0, bottom: 0 });
  if (snapshot !== undefined) player.show(snapshot);
  return { app, player, clock, address, kept };
}

/** Nodes 100 units apart, from left to right; answers at once. */
export const rowLayout: LayoutService = {
  request: ({ keys }, listener) => {
    listener({ xy: Float32Array.from(keys.flatMap((_, i) => [i * 100, 0])) }, true);
    return () => undefined;
  },
};
