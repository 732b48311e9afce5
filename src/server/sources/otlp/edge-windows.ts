import type { Millis } from "#base/time.ts";
import { endKey, type ObservedEdge, type ObservedEnd } from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

import { LatencyHistogram } from "./latency-histogram.ts";

/** A request that went over an edge, or so many of them. */
export interface EdgeEvent {
  readonly from: ObservedEnd;
  readonly to: ObservedEnd;
  readonly outcome: ClassSeverity;
  /** NaN where it is not known. */
  readonly durationMs: number;
  /** How many requests it stands for. */
  readonly weight: number;
  readonly protocol: string | undefined;
}

/** What passed over an edge in a tenth of the window. */
interface Slice {
  readonly number: number;
  readonly sums: { normal: number; warning: number; danger: number };
  /** Events, whatever they stand for. */
  count: number;
  readonly latency: LatencyHistogram;
}

interface Edge {
  readonly from: ObservedEnd;
  readonly to: ObservedEnd;
  protocol: string | undefined;
  /** The oldest first. */
  slices: Slice[];
}

const slicesOfWindow = 10;

/** Edges that hold no more than this. Beyond it, what leads over new ones is not taken. */
const greatestEdges = 20_000;

/** Rates of edges over a window that slides in tenths of itself. An edge that nothing passes over for a whole window is forgotten. */
export class EdgeWindows {
  readonly #windowMs: number;
  readonly #greatest: number;
  readonly #edges = new Map<string, Edge>();

  constructor(windowMs: number, greatest = greatestEdges) {
    this.#windowMs = windowMs;
    this.#greatest = greatest;
  }

  get size(): number {
    return this.#edges.size;
  }

  /** False when there is no room for another edge. */
  add(event: EdgeEvent, now: Millis): boolean {
    const edge = this.#edgeOf(event);
    if (edge === undefined) return false;
    const { outcome, durationMs, weight, protocol } = event;
    // The same whichever comes first.
    if (protocol !== undefined && (edge.protocol === undefined || protocol < edge.protocol)) {
      edge.protocol = protocol;
    }
    const number = this.#sliceAt(now);
    let slice = edge.slices.at(-1);
    if (slice?.number !== number) {
      slice = {
        number,
        sums: { normal: 0, warning: 0, danger: 0 },
        count: 0,
        latency: new LatencyHistogram(),
      };
      edge.slices.push(slice);
    }
    slice.sums[outcome] += weight;
    slice.count += 1;
    slice.latency.add(durationMs, weight);
    return true;
  }

  /** What passed in the window that ends now. */
  report(now: Millis): readonly ObservedEdge[] {
    const oldest = this.#sliceAt(now) - slicesOfWindow + 1;
    const seen: ObservedEdge[] = [];
    for (const [key, edge] of this.#edges) {
      edge.slices = edge.slices.filter(({ number }) => number >= oldest);
      if (edge.slices.length === 0) this.#edges.delete(key);
      else seen.push(this.#observed(edge));
    }
    return seen;
  }

  /** Share of all requests that were seen; undefined while nothing is known. */
  sampling(): number | undefined {
    let count = 0;
    let weight = 0;
    for (const { slices } of this.#edges.values()) {
      for (const slice of slices) {
        count += slice.count;
        weight += slice.sums.normal + slice.sums.warning + slice.sums.danger;
      }
    }
    return count === 0 || weight <= count ? undefined : count / weight;
  }

  #edgeOf({ from, to }: EdgeEvent): Edge | undefined {
    const key = `${endKey(from)}\n${endKey(to)}`;
    const known = this.#edges.get(key);
    if (known !== undefined) return known;
    if (this.#edges.size >= this.#greatest) return undefined;
    const edge: Edge = { from, to, protocol: undefined, slices: [] };
    this.#edges.set(key, edge);
    return edge;
  }

  #observed({ from, to, protocol, slices }: Edge): ObservedEdge {
    const rates = { normal: 0, warning: 0, danger: 0 };
    const latency = new LatencyHistogram();
    let count = 0;
    for (const slice of slices) {
      rates.normal += slice.sums.normal;
      rates.warning += slice.sums.warning;
      rates.danger += slice.sums.danger;
      count += slice.count;
      latency.merge(slice.latency);
    }
    const weight = rates.normal + rates.warning + rates.danger;
    const perSecond = 1000 / this.#windowMs;
    const [p50 = NaN, p95 = NaN, p99 = NaN] = latency.quantiles([0.5, 0.95, 0.99]);
    return {
      from,
      to,
      rates: {
        normal: rates.normal * perSecond,
        warning: rates.warning * perSecond,
        danger: rates.danger * perSecond,
      },
      ...(latency.isEmpty ? {} : { latencyMs: { p50, p95, p99 } }),
      ...(weight > count ? { sampling: count / weight } : {}),
      ...(protocol === undefined ? {} : { protocol }),
    };
  }

  #sliceAt(at: Millis): number {
    return Math.floor(at / (this.#windowMs / slicesOfWindow));
  }
}
