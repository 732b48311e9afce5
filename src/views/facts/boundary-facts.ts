import { must } from "#base/assert.ts";
import { beyond, isBoundary, regionBehind } from "#domain/boundary.ts";
import { pathOf, type NodePath } from "#domain/node-path.ts";
import type { EdgeIndex, NodeIndex, Topology } from "#domain/topology.ts";
import { fill, texts } from "#store/texts.ts";

import { labelOf } from "./traffic-row.ts";

/** What a node that stands for another region says of it. */
export interface BoundaryFacts {
  /** The region, for people, and where it is. */
  readonly region: string;
  readonly path: NodePath;
  /** Services there that are called from here, and that call services here: as far as the source lists them. */
  readonly called: readonly string[];
  readonly callers: readonly string[];
}

export function boundaryFacts(topology: Topology, node: NodeIndex): BoundaryFacts | undefined {
  const region = regionBehind(topology, node);
  if (region === -1) return undefined;
  return {
    region: labelOf(topology, region),
    path: pathOf(topology, region),
    called: namesBeyond(topology, topology.incoming[node]),
    callers: namesBeyond(topology, topology.outgoing[node]),
  };
}

/** What a boundary stands for, in words: "calls stock, ledger in eu-west-1". Nothing where the source lists no names. */
export function boundarySentences({ region, called, callers }: BoundaryFacts): readonly string[] {
  return [
    ...(called.length === 0 ? [] : [sentence(texts.boundary.calls, called, region)]),
    ...(callers.length === 0 ? [] : [sentence(texts.boundary.calledBy, callers, region)]),
  ];
}

/** The same of an edge into a boundary or out of it; undefined of any other. */
export function edgeBeyond(topology: Topology, edge: EdgeIndex): string | undefined {
  const names = beyond(topology, edge);
  if (names.length === 0) return undefined;
  const { source, target } = must(topology.edges[edge]);
  if (isBoundary(topology, target)) return sentence(texts.boundary.calls, names, labelOf(topology, target));
  return isBoundary(topology, source)
    ? sentence(texts.boundary.calledBy, names, labelOf(topology, source))
    : undefined;
}

/** More names than this are counted. */
const mostNames = 4;

function sentence(text: string, names: readonly string[], region: string): string {
  const shown = names.slice(0, mostNames).join(", ");
  const more = names.length - mostNames;
  return fill(text, {
    names: more > 0 ? fill(texts.twin.andMore, { names: shown, count: more }) : shown,
    region,
  });
}

function namesBeyond(topology: Topology, edges: readonly EdgeIndex[] = []): readonly string[] {
  return [...new Set(edges.flatMap((edge) => beyond(topology, edge)))].toSorted();
}
