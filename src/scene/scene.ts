import type { DrillStage } from "#domain/drill-info.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";
import type { ViewRole } from "#domain/focus.ts";
import type { NodeView } from "#domain/topology.ts";

/**
 * What is on screen, as numbers; the renderers read nothing else. It comes in three parts that change at different rates, so that a new frame
 * of data moves only numbers: the structure (what exists and where), the values (how it fares), and the rows of the dots
 * (flow-columns.ts). Node and edge positions below are positions in the scene, not in a topology.
 */
export interface SceneStructure {
  /** Changes with what is entered: another key means that the picture is another one and nothing carries over. */
  readonly viewKey: string;
  /** Goes up with every structure: values and rows say which one they belong to. */
  readonly version: number;
  readonly view: NodeView;
  readonly nodes: SceneNodes;
  readonly edges: SceneEdges;
  readonly classes: readonly SceneClass[];
}

export interface SceneClass {
  readonly name: string;
  readonly severity: ClassSeverity;
  /** CSS colour from the data; the palette's without one. */
  readonly color?: string;
}

export interface SceneNodes {
  readonly count: number;
  readonly label: readonly string[];
  readonly role: readonly ViewRole[];
  readonly icon: readonly NodeIcon[];
  /** World units. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Radius of the room that the layout kept; discs are drawn up to this size. */
  readonly radius: Float32Array;
  /** 1: entering it shows more. */
  readonly canEnter: Uint8Array;
  /** 1: a person put it where it stands. */
  readonly pinned: Uint8Array;
}

/** Glyphs that the painter knows; another type in the data is drawn as "service". */
export type NodeIcon =
  | "none"
  | "service"
  | "storage"
  | "region"
  | "users"
  | "user"
  | "pipe"
  | "cloud"
  | "cache"
  | "queue";

export interface SceneEdges {
  readonly count: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** See edge-geometry.ts. */
  readonly curves: Float32Array;
  readonly seed: Uint32Array;
  readonly flightMs: Uint32Array;
}

/** How everything fares at one moment. */
export interface SceneValues {
  readonly version: number;
  /** Requests per second through each node; NaN: not known. */
  readonly nodeVolume: Float32Array;
  /** Share of each class in what passes through the node: nodeShares[node * classes + class], 0 to 1. */
  readonly nodeShares: Float32Array;
  /** Share of the view's whole volume that passes through the node, 0 to 1: the length of a region's arc. */
  readonly nodePart: Float32Array;
  /** Size of a disc within its room, 0 to 1: grows with the volume. */
  readonly nodeSize: Float32Array;
  /** Volume divided by the greatest known volume, 0 to 1 and more; NaN: not known. */
  readonly nodeLoad: Float32Array;
  /** Class index of the health that the source declares for the node, or that its traffic shows; 0 is the first class. */
  readonly nodeHealth: Uint8Array;
  /** Milliseconds since the node was last heard of, when that is too long; 0 when it is fresh. */
  readonly nodeStaleMs: Float32Array;
  /** Greatest severity of a notice plus 1; 0: none. */
  readonly nodeBadge: Uint8Array;
  /** Requests per second along each edge. */
  readonly edgeRate: Float32Array;
  /** World units. */
  readonly edgeWidth: Float32Array;
  /** Share of the edge's traffic that failed, and that was degraded, 0 to 1. */
  readonly edgeDanger: Float32Array;
  readonly edgeWarning: Float32Array;
  readonly edgeBadge: Uint8Array;
  /** The drill that is shown, where its regions are on screen; absent: what is shown was measured, or lies inside a region. */
  readonly drill?: SceneDrill;
  /** How everything differs from another moment; absent while none is compared. */
  readonly changes?: SceneChanges;
}

export interface SceneChanges {
  /** Per node and per edge one of `changeMarks`. */
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  /** How many nodes and edges have changed below each node. */
  readonly inside: Uint32Array;
}

/** What is gone is in the scene only while it is compared with a moment at which it was there: a ghost that carries nothing. */
export const changeMarks = { none: 0, new: 1, hotter: 2, colder: 3, gone: 4 } as const;

/** Which rings take part in a drill, and how far it is. */
export interface SceneDrill {
  readonly stage: DrillStage;
  /** Position of the region that goes. */
  readonly victim: number;
  /** Positions of the regions that take over. */
  readonly saviours: readonly number[];
  /** Share of what reaches the victim that it passes on, 0 to 1. */
  readonly passedOn: number;
  /** What the simulation says of resolvers that still point to the victim: a few words. */
  readonly remark: string | undefined;
}

/** Emphasis of nodes and edges: what a hover, a selection, a find or "only problems" brings forward. */
export interface Emphasis {
  /** Per node and per edge one of `emphasisLevels`. */
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  readonly hoveredNode: number;
  readonly selectedNode: number;
  readonly focusedNode: number;
  readonly hoveredEdge: number;
  readonly selectedEdge: number;
}

export const emphasisLevels = { usual: 0, raised: 1, dimmed: 2 } as const;
