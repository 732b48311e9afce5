import type { LoadHistory } from "#simulation/session/drill-session.ts";

/** Columns to draw: seconds, then the upper rim of each layer from the highest to the lowest, then the capacity of those that stay. */
export interface LoadStack {
  readonly columns: Float64Array[];
  /** Positions of the regions by layer, the highest first: the victim lies on top, so that one sees it melt. */
  readonly layers: readonly number[];
  readonly regions: readonly string[];
  readonly victim: string;
  /** Requests per second, of all but the victim; NaN before the first row. */
  readonly capacityNow: number;
}

/** More points than a chart is wide show nothing more. */
const mostPoints = 600;

/** Stacks the loads of the regions. Long runs are thinned evenly; the last row is always there. */
export function stackLoads(loads: LoadHistory, victim: string, fromS: number): LoadStack {
  const { regions, rows, load, capacity } = loads;
  const count = regions.length;
  const step = Math.max(1, Math.ceil(rows / mostPoints));
  const points = rows === 0 ? 0 : Math.floor((rows - 1) / step) + 1;
  const at = regions.indexOf(victim);
  const others = regions.map((_, r) => r).filter((r) => r !== at);
  const layers = at === -1 ? others.toReversed() : [at, ...others.toReversed()];
  const columns = Array.from({ length: count + 2 }, () => new Float64Array(points));
  for (let point = 0; point < points; point += 1) {
    const row = rows - 1 - (points - 1 - point) * step;
    columns[0]?.fill(fromS + row + 1, point, point + 1);
    let rim = 0;
    let room = 0;
    for (let layer = count - 1; layer >= 0; layer -= 1) {
      const r = layers[layer] ?? 0;
      rim += load[row * count + r] ?? 0;
      if (r !== at) room += capacity[row * count + r] ?? 0;
      columns[layer + 1]?.fill(rim, point, point + 1);
    }
    columns[count + 1]?.fill(room, point, point + 1);
  }
  const capacityNow = points === 0 ? NaN : (columns[count + 1]?.at(-1) ?? NaN);
  return { columns, layers, regions, victim, capacityNow };
}
