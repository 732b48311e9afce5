import { isBoundary } from "#domain/boundary.ts";
import type { ViewGraph } from "#domain/focus.ts";
import type { Topology } from "#domain/topology.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { labelOf } from "../facts/traffic-row.ts";

const nouns = {
  ring: texts.counts.places,
  flow: texts.counts.services,
  neighbourhood: texts.counts.neighbours,
} as const;

/** A view in a few words: "us-east-1, 38 services, 74 edges". */
export function viewSentence({ focus, view, nodes, edges }: ViewGraph, topology: Topology): string {
  const counted = nodes.filter(({ role }) => role !== "entry" && role !== "centre" && role !== "instance");
  const others = counted.filter(({ node }) => isBoundary(topology, node)).length;
  const own = countOf(nouns[view], counted.length - others);
  return fill(texts.twin.view, {
    place: topology.nodes[focus] === undefined ? texts.app.name : labelOf(topology, focus),
    nodes: others === 0 ? own : `${own}, ${countOf(texts.boundary.others, others)}`,
    edges: countOf(texts.counts.edges, edges.length),
  });
}
