import type { TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { ItemRef, NodePath } from "#domain/node-path.ts";
import type { ViewGraph } from "#domain/focus.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import type { FrameGap, PlayerPhase, SourceInfo } from "#players/player.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";
import type { Camera, Insets, Viewport } from "#scene/camera.ts";
import type { FlowScale } from "#scene/flow-scale.ts";
import type { SceneValues } from "#scene/scene.ts";

import type { ClipState } from "./clip-state.ts";
import type { CompareState } from "./compare-state.ts";
import type { DrillState, SurvivalState } from "./drill-state.ts";
import type { ReplayState } from "./replay-state.ts";
import type { Settings } from "./settings.ts";
import type { SourcesState } from "./sources-state.ts";

/** Everything that the page knows. Replaced piece by piece, never edited; components read it through named selectors. */
export interface AppState {
  readonly feed: FeedState;
  readonly view: ViewState;
  readonly search: SearchState;
  readonly settings: Settings;
  readonly screen: ScreenState;
  readonly scene: SceneState | undefined;
  readonly drawing: DrawingState;
  readonly drill: DrillState;
  readonly survival: SurvivalState;
  readonly replay: ReplayState;
  readonly clips: ClipState;
  readonly sources: SourcesState;
  readonly compare: CompareState;
  /** Messages that come and go, the newest last. */
  readonly toasts: readonly Toast[];
}

/** What the player says. */
export interface FeedState {
  readonly phase: PlayerPhase;
  readonly source: SourceInfo | undefined;
  readonly generation: number;
  readonly frames: readonly TrafficSnapshot[];
  /** The frame whose numbers are shown. */
  readonly current: TrafficSnapshot | undefined;
  /** Volumes of `current`. */
  readonly volumes: NodeVolumes | undefined;
  readonly timeMap: TimeMap;
  readonly clockOffsetMs: number;
  readonly gaps: readonly FrameGap[];
}

/** Where a person is and what they look at. */
export interface ViewState {
  /** The node that has been entered. */
  readonly focus: NodePath;
  readonly selection: ItemRef | undefined;
  readonly hover: ItemRef | undefined;
  /** The node that the keyboard is on. */
  readonly cursor: NodePath | undefined;
  readonly camera: Camera;
  /** The whole view is shown and stays shown when the window or the layout changes. */
  readonly isFitted: boolean;
  /** Nodes that a person has put in place, by the view's key, then by the node's key. */
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, { readonly x: number; readonly y: number }>>;
}

export interface SearchState {
  /** Highlights what it finds. */
  readonly find: string;
  /** Hides what it does not find. */
  readonly filter: string;
  readonly onlyProblems: boolean;
  /** Position among the matches of `find` that was gone to last. */
  readonly match: number;
}

/** Which parts of the screen are open. At most one dialog. */
export interface ScreenState {
  readonly viewport: Viewport;
  /** Room that bars and panel cover. */
  readonly insets: Insets;
  readonly dialog: Dialog | undefined;
  readonly isTableOpen: boolean;
  readonly isFilterOpen: boolean;
  /** On narrow screens "find" is a row of its own, which comes when it is asked for. */
  readonly isFindOpen: boolean;
  readonly kiosk: KioskState | undefined;
  /** Frames per second at most; undefined: as many as the screen shows. */
  readonly fps: number | undefined;
  readonly prefers: SystemPreferences;
  /** The page is in a hidden tab or window. */
  readonly isHidden: boolean;
}

export type Dialog =
  | "palette"
  | "help"
  | "settings"
  | "problems"
  | "sources"
  | "token"
  | "bookmark"
  | "bookmarks"
  | "clip-cut"
  | "clip-refused"
  | "clip-again";

export interface KioskState {
  /** Tours the regions with this rest at each; undefined: stays. */
  readonly rotateMs: number | undefined;
}

/** What the operating system asks for. */
export interface SystemPreferences {
  readonly dark: boolean;
  readonly highContrast: boolean;
  readonly reducedMotion: boolean;
}

/** The picture as it was last built. */
export interface SceneState {
  /** What the nodes and edges of the scene are positions in; an older one than the feed's while new nodes are being laid out. */
  readonly topology: Topology;
  readonly graph: ViewGraph;
  readonly structure: BuiltStructure;
  readonly values: SceneValues;
  readonly scale: FlowScale;
  /** What the view holds and what of it the filter shows. */
  readonly shown: { readonly nodes: number; readonly edges: number };
  readonly all: { readonly nodes: number; readonly edges: number };
  /** Nodes of the scene that `find` or "only problems" found; undefined when neither is on. */
  readonly found: ReadonlySet<number> | undefined;
  /** A layout is being computed since then; the picture before it stays meanwhile. */
  readonly layoutSince: Millis | undefined;
}

/** What the renderer says of itself. */
export interface DrawingState {
  readonly engine: "webgl2" | "software" | undefined;
  readonly why: string;
  readonly framesPerSecond: number;
  readonly drawMs: number;
  readonly dots: number;
  readonly thinning: number;
  /** A picture has been painted. */
  readonly isDrawn: boolean;
  readonly isContextLost: boolean;
  readonly failure: string | undefined;
}

export interface Toast {
  readonly id: number;
  readonly kind: "info" | "warning" | "error";
  readonly text: string;
  /** What a person can do about it. */
  readonly tip?: string;
}
