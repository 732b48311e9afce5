import type { Dispose } from "#base/disposer.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { StoreApi } from "zustand/vanilla";
import type { ItemRef, NodePath } from "#domain/node-path.ts";
import type { Point } from "#base/point.ts";
import type { Insets, Viewport } from "#scene/camera.ts";
import type { Stretch } from "#players/recording/recording-source.ts";
import type { ReplayStart } from "#players/replay-control.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { Hit } from "#scene/hit-test.ts";
import type { SceneUpdate } from "#scene/scene-update.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import type { PolicyId } from "#simulation/plan/evacuation-policy.ts";

import type { AppState, Dialog, DrawingState, SystemPreferences, Toast } from "./app-state.ts";
import type { CutWish } from "./clip-state.ts";
import type { Command } from "./command.ts";
import type { Series } from "./series-store.ts";
import type { Settings } from "./settings.ts";

/** The program behind the page. Components read `store` through named selectors and call actions; nobody else changes the state. */
export interface App {
  readonly store: StoreApi<AppState>;
  readonly actions: Actions;
  readonly clock: Clock;
  /** Every action that has a name, a key or a place in the palette. */
  readonly commands: readonly Command[];
  /** What has changed on screen, for whoever draws. After subscribing call actions.redraw() once to be told everything. */
  onSceneUpdate(listener: (update: SceneUpdate) => void): Dispose;
  /** The last minutes of a node or an edge. */
  seriesOf(ref: ItemRef): Series;
  dispose(): void;
}

/** What only the browser can do; the views lend it to the commands. */
export interface Ports {
  readonly focusFind: () => void;
  readonly focusFilter: () => void;
  readonly capturePicture: () => Promise<Blob | undefined>;
  readonly download: (fileName: string, content: Blob | string) => void;
  /** What a person chooses; none where they change their mind. */
  readonly chooseFiles: () => Promise<readonly File[]>;
  readonly copyText: (text: string) => Promise<void>;
  readonly toggleFullscreen: () => void;
  /** The page's whole address. */
  readonly address: () => string;
}

export type Direction = "left" | "right" | "up" | "down";

export interface Actions {
  // Where one is.
  /** Enters a node of the tree, or the region that it stands for; explains itself and goes to the nearest place that exists when it does not. */
  readonly enter: (path: NodePath) => void;
  /** One step out: closes what is open, then clears the selection, then leaves the view. */
  readonly up: () => void;
  readonly select: (ref: ItemRef | undefined) => void;
  readonly hover: (ref: ItemRef | undefined) => void;
  /** Puts the keyboard on a node. */
  readonly setCursor: (path: NodePath | undefined) => void;
  /** Moves the keyboard to the nearest node in a direction on screen. */
  readonly moveCursor: (direction: Direction) => void;
  /** Enters what the keyboard or the selection is on; selects it where there is nothing to enter. */
  readonly openCursor: () => void;

  // The picture.
  readonly panBy: (dxPx: number, dyPx: number) => void;
  /** Zooms around a point of the canvas, CSS pixels; around its middle without one. */
  readonly zoomBy: (factor: number, at?: Point, animateMs?: number) => void;
  readonly fit: (animateMs?: number) => void;
  readonly resize: (viewport: Viewport, insets: Insets) => void;
  /** What lies at a point of the canvas, CSS pixels. */
  readonly hitTest: (at: Point, isFinger: boolean) => Hit | undefined;
  readonly refOf: (hit: Hit) => ItemRef | undefined;
  /** Moves a node of the scene to a point of the canvas, CSS pixels; it stays there. */
  readonly dragNode: (position: number, to: Point) => void;
  readonly endDrag: (position: number) => void;
  /** Gives a node of the view back to the layout. */
  readonly unpin: (path: NodePath) => void;
  /** Unpins all nodes of the view and lays it out afresh. */
  readonly resetPlaces: () => void;
  /** Tells a new renderer everything. */
  readonly redraw: () => void;

  // Finding.
  readonly focusFind: () => void;
  readonly focusFilter: () => void;
  readonly setFind: (text: string) => void;
  /** Forgets what was looked for. */
  readonly closeFind: () => void;
  readonly setFilter: (text: string) => void;
  readonly toggleOnlyProblems: () => void;
  /** Goes to the next match of "find", or to the one before. */
  readonly nextMatch: (step: 1 | -1) => void;

  // Time.
  readonly togglePause: () => void;
  readonly goLive: () => void;

  // The past. Moments are milliseconds since 1970, in the source's time.
  /** Shows a moment that was recorded, or the nearest; it plays on from there unless it is paused. */
  readonly seekReplay: (at: Millis, how?: ReplayStart) => void;
  /** The same while somebody drags: it stands until the next seek. */
  readonly scrubReplay: (at: Millis) => void;
  /** Pauses, and goes to the next frame or to the one before. */
  readonly stepReplay: (direction: 1 | -1) => void;
  /** Takes the nearest of the speeds that can be chosen. */
  readonly setReplaySpeed: (speed: number) => void;
  /** Plays a stretch again and again; undefined: no longer. */
  readonly loopReplay: (loop: Stretch | undefined) => void;
  /** Goes to where something began: the next after the moment that is shown, or the last before it. */
  readonly jumpToMark: (direction: 1 | -1) => void;
  /** Opens the dialog that bookmarks the moment that is shown; says so where the viewer may not. */
  readonly startBookmark: () => void;
  /** Bookmarks that moment. Resolves to why it could not be, in a sentence. */
  readonly addBookmark: (note: string) => Promise<string | undefined>;
  readonly removeBookmark: (id: string) => Promise<void>;
  /** Shows the moment; a stretch is played again and again. */
  readonly goToBookmark: (bookmark: Pick<Bookmark, "at" | "to">) => void;
  readonly openBookmarks: () => void;
  /** Remembers the moment that is shown, to compare others with it. */
  readonly markMoment: () => void;
  /** Sets the moment that is shown against the marked one. */
  readonly compareWithMarked: () => void;
  /** Sets the moment that is shown, and those that follow, against one that was recorded. */
  readonly compareWithMoment: (at: Millis) => void;
  /** The same with the moment so many milliseconds before. */
  readonly compareWithBefore: (ms: number) => void;
  readonly stopComparing: () => void;
  /** Shows less time (a factor above 1) or more, around a moment; without one the newest end stays. */
  readonly zoomTimeline: (factor: number, around?: Millis) => void;
  readonly panTimeline: (ms: number) => void;
  readonly showAllOfTimeline: () => void;
  /** Only while a timeline is on screen the recording is asked for what it draws. */
  readonly watchTimeline: (isWatched: boolean) => void;

  // Failing over. Whatever makes no sense at the moment does nothing.
  /**
   * Opens the plan for a region; without one for the region that is under the pointer, selected, entered or under the keyboard, else the one that carries most. While a
   * drill runs it opens the panel.
   */
  readonly openDrill: (region?: string) => void;
  /** Closes the panel; a plan is dropped, a run goes on, and says so. */
  readonly closeDrill: () => void;
  /** Changes the plan; the forecast follows. Another victim or other saviours drop shares that were set by hand. */
  readonly changePlan: (change: Partial<DrillPlan>) => void;
  /** Plans from the traffic of now, instead of the frame that a link named. */
  readonly startFromNow: () => void;
  /** Runs the plan from the traffic that is shown, which is frozen. */
  readonly runDrill: () => Promise<void>;
  readonly setDrillSpeed: (speed: number) => void;
  /** Pauses, or goes on. */
  readonly pauseDrill: () => void;
  /** Goes to a moment, simulated milliseconds since the failure. */
  readonly seekDrill: (elapsedMs: number) => void;
  /** Pauses, and goes one simulated second on or back. */
  readonly stepDrill: (direction: 1 | -1) => void;
  readonly failBack: () => void;
  /** Back to what the source shows, at once. An open panel goes back to the plan. */
  readonly stopDrill: () => void;
  readonly restartDrill: () => void;
  /** Computes the plan beside the same plan with another policy, both to the end; undefined closes the comparison. */
  readonly compareWith: (policy: PolicyId | undefined) => void;
  /** Copies a link that shows the same run, at the same moment. */
  readonly copyDrillLink: () => Promise<void>;
  /** Runs the plan in the source, for every viewer. */
  readonly shareDrill: () => void;
  /** Does something with the drill that every viewer sees. */
  readonly steerSharedDrill: (what: "fail-back" | "stop" | { readonly speed: number }) => void;
  /** Opens a drill that the server has prepared. */
  readonly openScenario: (name: string) => Promise<void>;

  // Recordings as files.
  /** Lets a person choose a file, and opens it. */
  readonly chooseClip: () => Promise<void>;
  /** Shows a file in place of the feed; several where they are snapshots that follow each other. */
  readonly openClip: (files: readonly File[]) => void;
  /** Gives up a file that is being read. */
  readonly stopReadingClip: () => void;
  /** Of the file that the address names. */
  readonly forgetClip: () => void;
  /** Saves a stretch of what is recorded as a file. */
  readonly cutClip: (wish: CutWish) => Promise<void>;
  readonly stopCutting: () => void;

  // The screen.
  readonly setHidden: (isHidden: boolean) => void;
  readonly changeSettings: (change: Partial<Settings>) => void;
  readonly openDialog: (dialog: Dialog | undefined) => void;
  readonly toggleTable: () => void;
  readonly toggleFilter: () => void;
  readonly toggleKiosk: () => void;
  readonly setPreferences: (prefers: SystemPreferences) => void;
  readonly setDrawing: (change: Partial<DrawingState>) => void;
  readonly toast: (toast: Omit<Toast, "id">) => void;
  readonly dismissToast: (id: number) => void;

  // Beyond the page.
  readonly lendPorts: (ports: Ports) => void;
  /** Tries again with a token that a person has typed. */
  readonly authorize: (token: string) => void;
  readonly exportPicture: () => Promise<void>;
  readonly exportSnapshot: (format: "vizceral" | "spillway") => void;
  readonly copyLink: () => Promise<void>;
  readonly toggleFullscreen: () => void;
}
