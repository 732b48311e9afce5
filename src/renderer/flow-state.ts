import { curveStride } from "#scene/edge-geometry.ts";
import { FlowHistory } from "#scene/flow-history.ts";
import { phaseIncrement } from "#scene/flow-law.ts";
import type { Emphasis, SceneEdges, SceneStructure, SceneValues } from "#scene/scene.ts";

/** What both engines keep of the dots between frames: columns by edge, and the history of rates. */
export class FlowState {
  readonly history = new FlowHistory();
  count = 0;
  curves: Float32Array = new Float32Array(0);
  seed: Uint32Array = new Uint32Array(0);
  flightMs: Uint32Array = new Uint32Array(0);
  /** Phase at time 0: the seed, unless the flight time has changed while dots were under way. */
  base = new Uint32Array(0);
  /** World units. */
  halfWidth = new Float32Array(0);
  /** One of emphasisLevels. */
  level = new Uint8Array(0);
  /** left, top, right, bottom of everything that the edge's dots can reach, world units. */
  bounds = new Float32Array(0);
  /** Goes up when a column has changed: the engine uploads again. */
  version = 0;

  /** `time`: the flow time now, at which dots under way must not jump when an edge has become longer or shorter. */
  setScene(structure: SceneStructure, values: SceneValues, time: number): void {
    const { edges } = structure;
    if (this.seed !== edges.seed || this.flightMs !== edges.flightMs) this.#rebase(edges, time);
    this.count = edges.count;
    this.curves = edges.curves;
    this.seed = edges.seed;
    this.flightMs = edges.flightMs;
    if (this.halfWidth.length !== edges.count) {
      this.halfWidth = new Float32Array(edges.count);
      this.level = new Uint8Array(edges.count);
      this.bounds = new Float32Array(edges.count * 4);
    }
    for (let edge = 0; edge < edges.count; edge += 1) {
      this.halfWidth[edge] = values.edgeWidth[edge]! / 2;
      this.#bound(edge);
    }
    this.version += 1;
  }

  setEmphasis(emphasis: Emphasis): void {
    if (emphasis.edges.length !== this.level.length) return;
    this.level.set(emphasis.edges);
    this.version += 1;
  }

  /** Puts every belt back to where the law alone says it is; what was dragged about no longer matters. */
  restart(): void {
    this.history.restart();
    this.base = this.seed.slice();
    this.version += 1;
  }

  /** Edges that stay, found by their seeds, keep the phases that their dots have now: base + time * increment stays what it was. */
  #rebase(edges: SceneEdges, time: number): void {
    const base = Uint32Array.from(edges.seed);
    const before = new Map<number, number>();
    for (let edge = 0; edge < this.count; edge += 1) before.set(this.seed[edge]!, edge);
    for (let edge = 0; edge < edges.count; edge += 1) {
      const old = before.get(edges.seed[edge]!);
      if (old === undefined) continue;
      const change = phaseIncrement(this.flightMs[old]!) - phaseIncrement(edges.flightMs[edge]!);
      base[edge] = (this.base[old]! + Math.imul(time, change)) >>> 0;
    }
    this.base = base;
  }

  /** A cubic lies within the hull of its control points; the dots lie half a lane around it. */
  #bound(edge: number): void {
    const at = edge * curveStride;
    const around = this.halfWidth[edge]! + 8;
    for (const axis of [0, 1]) {
      const p0 = this.curves[at + axis]!;
      const p1 = p0 + this.curves[at + 2 + axis]! / 3;
      const p2 = p1 + (this.curves[at + 2 + axis]! + this.curves[at + 4 + axis]!) / 3;
      const p3 = p0 + this.curves[at + 2 + axis]! + this.curves[at + 4 + axis]! + this.curves[at + 6 + axis]!;
      this.bounds[edge * 4 + axis] = Math.min(p0, p1, p2, p3) - around;
      this.bounds[edge * 4 + 2 + axis] = Math.max(p0, p1, p2, p3) + around;
    }
  }
}
