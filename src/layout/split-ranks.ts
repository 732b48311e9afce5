import { columnPitch, rowHeight } from "./node-cell.ts";
import type { RankOrder } from "./order-ranks.ts";

/**
 * Splits ranks that are too long for the screen's shape into several columns. Their nodes are dealt out in turn, so that a rank's order
 * from top to bottom stays what it was: neighbours in the order stand side by side, each a little lower than the one before. Entries
 * stay in the first column.
 */
export function splitRanks(
  order: RankOrder,
  radii: Float32Array,
  aspect: number,
  isEntry: (node: number) => boolean,
): RankOrder {
  const limit = bestRowLimit(order, columnPitch(radii), rowHeight(radii), aspect);
  return order.flatMap((rank) => deal(rank, Math.ceil(rank.length / limit), isEntry));
}

/** The row limit at which the picture, fitted to the screen, is largest. */
function bestRowLimit(order: RankOrder, pitch: number, row: number, aspect: number): number {
  const longest = Math.max(1, ...order.map((rank) => rank.length));
  let best = longest;
  let least = Number.POSITIVE_INFINITY;
  for (let parts = 1; parts <= Math.min(longest, mostParts); parts += 1) {
    const limit = Math.ceil(longest / parts);
    const width = order.reduce((sum, rank) => sum + Math.ceil(rank.length / limit), 0) * pitch;
    const size = Math.max(width / aspect, limit * row);
    if (size < least) {
      least = size;
      best = limit;
    }
  }
  return best;
}

/** No screen is so wide that a rank would want more. */
const mostParts = 300;

function deal(
  rank: readonly number[],
  parts: number,
  isEntry: (node: number) => boolean,
): readonly (readonly number[])[] {
  const dealt = Array.from({ length: parts }, (): number[] => []);
  rank.forEach((node, i) => dealt[isEntry(node) ? 0 : i % parts]?.push(node));
  return dealt.filter((nodes) => nodes.length > 0);
}
