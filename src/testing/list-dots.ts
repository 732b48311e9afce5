import { curveStride } from "#scene/edge-geometry.ts";
import type { FlowEdges, FlowRow } from "#scene/flow-columns.ts";
import {
  bucketOf,
  classChance,
  dotAge,
  dotCount,
  dotHash,
  dotPhase,
  dotScatter,
  isAlive,
  laneProfile,
  phaseIncrement,
  slotPlace,
} from "#scene/flow-law.ts";

/** One dot on screen, as the law says it. */
export interface ListedDot {
  readonly edge: number;
  readonly slot: number;
  readonly birth: number;
  readonly kind: number;
  /** World units. */
  readonly x: number;
  readonly y: number;
}

export interface FlowMoment {
  readonly time: number;
  readonly rowOf: readonly (FlowRow | undefined)[];
  readonly classes: number;
}

/** The oracle: every dot of a moment, by the functions of scene/flow-law.ts and nothing else. Slow and obvious. */
export function listDots(
  edges: FlowEdges & { readonly halfWidth: Float32Array },
  moment: FlowMoment,
): readonly ListedDot[] {
  const dots: ListedDot[] = [];
  for (let edge = 0; edge < edges.count; edge += 1) {
    const seconds = edges.flightMs[edge]! / 1000;
    const rates = moment.rowOf.map((row) => row?.columns[edge * row.stride] ?? 0);
    const slots = Math.ceil(Math.max(...rates.map((rate) => dotCount(rate, seconds))));
    for (let slot = 0; slot < slots; slot += 1) {
      const dot = dotAt(edges, edge, slot, moment);
      if (dot !== undefined) dots.push(dot);
    }
  }
  return dots;
}

function dotAt(
  edges: FlowEdges & { readonly halfWidth: Float32Array },
  edge: number,
  slot: number,
  { time, rowOf, classes }: FlowMoment,
): ListedDot | undefined {
  const seed = edges.seed[edge]!;
  const increment = phaseIncrement(edges.flightMs[edge]!);
  const phase = dotPhase(edges.base[edge]!, increment, time, slotPlace(seed, slot));
  const birth = (time - dotAge(phase, increment)) >>> 0;
  const row = rowOf[bucketOf(birth)];
  if (row === undefined) return undefined;
  const at = edge * row.stride;
  const hash = dotHash(seed, slot, birth);
  if (!isAlive(slot, dotCount(row.columns[at]!, edges.flightMs[edge]! / 1000), hash)) return undefined;
  let kind = 0;
  for (let c = 0; c < classes - 1; c += 1) if (classChance(hash) >= row.columns[at + 1 + c]!) kind = c + 1;
  const u = phase / 4_294_967_296;
  const across = dotScatter(hash) * laneProfile(u) * edges.halfWidth[edge]!;
  const k = edges.curves.subarray(edge * curveStride, (edge + 1) * curveStride);
  return {
    edge,
    slot,
    birth,
    kind,
    x: k[0]! + u * (k[2]! + u * (k[4]! + u * k[6]!)) + across * (k[8]! + u * k[10]!),
    y: k[1]! + u * (k[3]! + u * (k[5]! + u * k[7]!)) + across * (k[9]! + u * k[11]!),
  };
}
