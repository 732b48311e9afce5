import { must } from "#base/assert.ts";
import { layoutGraph, startLayout } from "#layout/layout-graph.ts";
import type { LayoutInput } from "#layout/layout-input.ts";
import { placesOf, rankedGraph } from "#testing/layout-inputs.ts";

import type { BenchRow } from "./bench-row.ts";
import { crossingShare, overlaps, screenFill } from "./layout-quality.ts";

const oneThread = "one thread of Node, as in the worker";

/** How long layouts take and how good they are, on generated graphs of n nodes and 2n edges in 12 ranks. */
export function run(): Promise<BenchRow[]> {
  const thousand = rankedGraph(1000);
  const result = layoutGraph(thousand);
  const { discs, labels } = overlaps(thousand, result);
  const grown = rankedGraphGrown(thousand, 10);
  const previous = placesOf(thousand, result);
  return Promise.resolve([
    row(
      "first layout, 1,000 nodes / 2,000 edges",
      medianMs(() => layoutGraph(thousand)),
      "ms",
      300,
      oneThread,
    ),
    row("edge pairs crossing, 1,000 nodes", crossingShare(thousand, result), "%", 2.5, "as straight lines"),
    row("overlapping discs, 1,000 nodes", discs, "", 0),
    row("overlapping labels, 1,000 nodes", labels, "", 0, "labels of full width, 110 px"),
    {
      ...row("screen filled, 1,000 nodes", screenFill(thousand, result), "%", 90),
      better: "more",
    },
    row(
      "first picture, 1,000 nodes",
      medianMs(() => startLayout(thousand).picture()),
      "ms",
      100,
      "before refining",
    ),
    row(
      "ten nodes join 1,000",
      medianMs(() => layoutGraph({ ...grown, previous })),
      "ms",
      50,
      "nobody else moves",
    ),
    ...[
      { size: 70, bar: 400 },
      { size: 100, bar: 400 },
      { size: 500, bar: 300 },
      { size: 2000, bar: 766 },
      { size: 20_000, bar: 3000 },
    ].flatMap(({ size, bar }) => rowsFor(size, bar)),
  ]);
}

function rowsFor(size: number, bar: number): BenchRow[] {
  const input = rankedGraph(size);
  const name = `${size.toLocaleString("en")} nodes`;
  return [
    row(
      `first layout, ${name}`,
      medianMs(() => layoutGraph(input)),
      "ms",
      bar,
      oneThread,
    ),
    row(`edge pairs crossing, ${name}`, crossingShare(input, layoutGraph(input)), "%", 2.5),
  ];
}

function row(name: string, value: number, unit: string, bar: number, note?: string): BenchRow {
  return {
    name: `layout: ${name}`,
    value,
    unit,
    bar,
    better: "less",
    ...(note === undefined ? {} : { note }),
  };
}

/** The graph with some more nodes, each called by one node and calling another. */
function rankedGraphGrown(input: LayoutInput, more: number): LayoutInput {
  const size = input.keys.length;
  const added = Array.from({ length: more }, (_, i) => i);
  return {
    ...input,
    keys: [...input.keys, ...added.map((i) => `new-${i}`)],
    roles: [...input.roles, ...added.map(() => "member" as const)],
    radii: Float32Array.from([...input.radii, ...added.map(() => 21)]),
    ends: Uint32Array.from([
      ...input.ends,
      ...added.flatMap((i) => [i * 37, size + i, size + i, 500 + i * 41]),
    ]),
    weights: Float32Array.from([...input.weights, ...added.flatMap(() => [1, 1])]),
  };
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return must(times.toSorted((a, b) => a - b)[1]);
}
