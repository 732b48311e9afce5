import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { callOrder, type CallOrder } from "./call-order.ts";

const graphs = fc.integer({ min: 1, max: 30 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    calls: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
  }),
);

function orderOf(size: number, calls: readonly (readonly [number, number])[]): CallOrder {
  return callOrder({
    size,
    sources: Int32Array.from(calls, ([source]) => source),
    targets: Int32Array.from(calls, ([, target]) => target),
  });
}

function groups({ nodes, starts }: CallOrder): readonly (readonly number[])[] {
  return Array.from({ length: starts.length - 1 }, (_, i) => [...nodes.subarray(starts[i], starts[i + 1])]);
}

/** reach[a] has every b that a reaches in one call or more. */
function reachOf(size: number, calls: readonly (readonly [number, number])[]): readonly Set<number>[] {
  return Array.from({ length: size }, (_, from) => {
    const reached = new Set<number>();
    const queue = [from];
    for (const node of queue) {
      for (const [source, target] of calls) {
        if (source !== node || reached.has(target)) continue;
        reached.add(target);
        queue.push(target);
      }
    }
    return reached;
  });
}

describe("callOrder", () => {
  it("puts callers before callees, and together only who reach one another", () => {
    fc.assert(
      fc.property(graphs, ({ size, calls }) => {
        const order = orderOf(size, calls);
        const reach = reachOf(size, calls);
        const found = groups(order);
        expect(found.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        found.forEach((group, at) => {
          for (const node of group) {
            const mates = [...(reach[node] ?? [])].filter((other) => reach[other]?.has(node));
            expect(new Set([node, ...mates])).toEqual(new Set(group));
            expect(order.isCycle[at]).toBe(mates.length > 0 ? 1 : 0);
          }
        });
        const groupOf = new Map(found.flatMap((group, at) => group.map((node) => [node, at] as const)));
        for (const [source, target] of calls) {
          expect(groupOf.get(source)).toBeLessThanOrEqual(groupOf.get(target) ?? -1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("lists the calls that end at each node", () => {
    const { incoming, incomingStarts } = orderOf(3, [
      [0, 2],
      [1, 2],
      [2, 0],
      [0, 0],
    ]);
    expect([...incomingStarts]).toEqual([0, 2, 2, 4]);
    expect([...incoming]).toEqual([2, 3, 0, 1]);
  });

  it("leaves out calls that do not go on", () => {
    const calls = { size: 2, sources: Int32Array.of(0, 1), targets: Int32Array.of(1, 0) };
    const order = callOrder({ ...calls, goesOn: Uint8Array.of(1, 0) });
    expect([...order.nodes]).toEqual([0, 1]);
    expect([...order.isCycle]).toEqual([0, 0]);
    expect([...callOrder(calls).isCycle]).toEqual([1]);
  });

  it("follows a chain of 100,000 calls, and has nothing to order in an empty graph", () => {
    const size = 100_000;
    const order = callOrder({
      size,
      sources: Int32Array.from({ length: size - 1 }, (_, i) => i + 1),
      targets: Int32Array.from({ length: size - 1 }, (_, i) => i),
    });
    expect([order.nodes[0], order.nodes[size - 1]]).toEqual([size - 1, 0]);
    expect(groups(orderOf(0, []))).toEqual([]);
  });
});
