import type { EdgeTotals } from "./match-frames.ts";

/** The gains of a region's edges; E entries each, as in RegionGraph. */
export interface GainColumns {
  readonly gainsNow: Float64Array;
  readonly gains: Float64Array;
  readonly gainsLow: Float64Array;
  readonly gainsHigh: Float64Array;
}

export interface GainInput {
  /** Position of the region's edges among the totals. */
  readonly edges: Int32Array;
  /** Positions of their ends among the region's nodes. */
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** N: entries and boundaries, whose gains are shares of what they send, whatever comes to them. */
  readonly isEnd: Uint8Array;
}

/**
 * Calls per request: g = rate of the edge / volume of its source, where the volume is what comes in, and of an entry, a boundary, or a node that nothing comes
 * into, what goes out. Frames in which the source has no volume say nothing; where none says anything the gain is 0.
 */
export function gainColumns(input: GainInput, frames: readonly EdgeTotals[]): GainColumns {
  const perFrame = frames.map((totals) => gainsIn(input, totals));
  const now = perFrame.at(-1) ?? new Float64Array(0);
  const gains = new Float64Array(now.length);
  const gainsLow = new Float64Array(now.length);
  const gainsHigh = new Float64Array(now.length);
  const seen = new Float64Array(frames.length);
  for (let edge = 0; edge < now.length; edge += 1) {
    let count = 0;
    for (const column of perFrame) {
      if (Number.isNaN(column[edge])) continue;
      seen[count] = column[edge]!;
      count += 1;
    }
    const sorted = seen.subarray(0, count).toSorted();
    gains[edge] = medianOf(sorted);
    gainsLow[edge] = sorted[0] ?? 0;
    gainsHigh[edge] = sorted[count - 1] ?? 0;
  }
  return { gainsNow: now.map((gain) => (Number.isNaN(gain) ? 0 : gain)), gains, gainsLow, gainsHigh };
}

/** The gains of one frame; NaN where the source has no volume. */
function gainsIn({ edges, sources, targets, isEnd }: GainInput, totals: EdgeTotals): Float64Array {
  const volumes = sourceVolumes({ edges, sources, targets, isEnd }, totals);
  return Float64Array.from(edges, (edge, e) => {
    const volume = volumes[sources[e]!]!;
    return volume > 0 ? totals[edge]! / volume : NaN;
  });
}

/** What passes through each node: what comes in; of an entry, a boundary, and a node that nothing comes into, what goes out. */
export function sourceVolumes(
  { edges, sources, targets, isEnd }: GainInput,
  totals: EdgeTotals,
): Float64Array {
  const inbound = new Float64Array(isEnd.length);
  const outbound = new Float64Array(isEnd.length);
  for (let e = 0; e < edges.length; e += 1) {
    inbound[targets[e]!]! += totals[edges[e]!]!;
    outbound[sources[e]!]! += totals[edges[e]!]!;
  }
  return inbound.map((volume, node) => (isEnd[node] === 1 || volume === 0 ? outbound[node]! : volume));
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
