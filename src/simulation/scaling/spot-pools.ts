/** Spot capacity of one instance type in one zone. */
export interface SpotPool {
  /** Instances that the pool can give now. */
  readonly available: number;
  /** Per instance and hour; only the order counts. */
  readonly price: number;
}

/** The strategies of EC2 Fleet (EC2 User Guide, "Allocation strategies for Spot Instances"). */
export type SpotStrategy =
  | { readonly kind: "diversified" }
  /** The `pools` cheapest, evenly; where they are empty, the next cheapest. */
  | { readonly kind: "lowestPrice"; readonly pools: number }
  /** From the deepest pools first: AWS ranks by unpublished predictions, of which the depth is our stand-in. */
  | { readonly kind: "capacityOptimized" };

/** Instances per pool; fewer than `target` in all only where the pools have no more. */
export function allocateSpot(pools: readonly SpotPool[], target: number, strategy: SpotStrategy): number[] {
  const counts = pools.map(() => 0);
  const everyPool = pools.map((_, i) => i);
  switch (strategy.kind) {
    case "diversified":
      fillEvenly(pools, counts, everyPool, target);
      break;
    case "lowestPrice": {
      const cheapest = everyPool.toSorted((a, b) => pools[a]!.price - pools[b]!.price);
      let open = target - fillEvenly(pools, counts, cheapest.slice(0, strategy.pools), target);
      for (const pool of cheapest.slice(strategy.pools)) open -= fillEvenly(pools, counts, [pool], open);
      break;
    }
    case "capacityOptimized": {
      let open = target;
      const deepest = everyPool.toSorted((a, b) => pools[b]!.available - pools[a]!.available);
      for (const pool of deepest) open -= fillEvenly(pools, counts, [pool], open);
      break;
    }
  }
  return counts;
}

/** Adds up to `amount` instances to the chosen pools, one level at a time; returns how many found room. */
function fillEvenly(
  pools: readonly SpotPool[],
  counts: number[],
  chosen: readonly number[],
  amount: number,
): number {
  const byRoom = chosen.toSorted((a, b) => room(a) - room(b));
  let open = amount;
  function room(pool: number): number {
    return Math.max(0, Math.floor(pools[pool]!.available) - counts[pool]!);
  }
  for (const [k, pool] of byRoom.entries()) {
    // What is left, in equal shares over the pools that are left; the odd ones go to the roomiest.
    const taken = Math.min(room(pool), Math.floor(open / (byRoom.length - k)));
    counts[pool]! += taken;
    open -= taken;
  }
  return amount - open;
}

/** What is left of an allocation when one pool is interrupted. */
export function withoutPool(counts: readonly number[], lost: number): number[] {
  return counts.map((count, pool) => (pool === lost ? 0 : count));
}
