/**
 * The heights nearest to the wished ones (least squares) that keep their order and their distances: height[i] - height[i - 1] >=
 * distance[i]. Isotonic regression by pooling neighbours that are too close: https://en.wikipedia.org/wiki/Isotonic_regression
 */
export function keepDistances(wished: Float64Array, distance: Float64Array): Float64Array {
  const offset = new Float64Array(wished.length);
  for (let i = 1; i < wished.length; i += 1) offset[i] = offset[i - 1]! + distance[i]!;
  const pools: Pool[] = [];
  wished.forEach((wish, i) => {
    let pool: Pool = { mean: wish - offset[i]!, first: i, end: i + 1 };
    for (let above = pools.at(-1); above !== undefined && above.mean > pool.mean; above = pools.at(-1)) {
      pool = merged(above, pool);
      pools.pop();
    }
    pools.push(pool);
  });
  const heights = new Float64Array(wished.length);
  for (const { mean, first, end } of pools) {
    for (let i = first; i < end; i += 1) heights[i] = mean + offset[i]!;
  }
  return heights;
}

/** Neighbours that touch: they move as one. */
interface Pool {
  readonly mean: number;
  readonly first: number;
  readonly end: number;
}

function merged(above: Pool, below: Pool): Pool {
  const aboveCount = above.end - above.first;
  const belowCount = below.end - below.first;
  return {
    mean: (above.mean * aboveCount + below.mean * belowCount) / (aboveCount + belowCount),
    first: above.first,
    end: below.end,
  };
}
