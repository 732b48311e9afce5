import { must } from "#base/assert.ts";

import type { NodeIndex } from "../topology.ts";
import type { GraphDraft } from "./graph-draft.ts";
import type { ObservedCapacity } from "./observation.ts";
import { nodesOf } from "./place-notices.ts";

/** The greatest volumes that were recorded of late, by the names that lead to a node from below the root. */
export interface RecordedPeaks {
  /** Where they come from: "peak of 7 days". */
  readonly from: string;
  /** Requests per second. */
  readonly peaks: readonly { readonly path: readonly string[]; readonly rps: number }[];
}

/**
 * Writes what services can bear into the draft, and where each number comes from into the node's metadata; the first that says it is believed. Returns those that are
 * about nothing in the draft.
 */
export function placeCapacities(
  draft: GraphDraft,
  capacities: readonly ObservedCapacity[],
): readonly ObservedCapacity[] {
  return capacities.filter(({ about, rps, from, instances }) => {
    const nodes = nodesOf(draft, about);
    for (const node of nodes) {
      if (draft.hasCapacity(node)) continue;
      draft.setNumbers(node, { capacity: rps, ...(instances === undefined ? {} : { instances }) });
      tellFrom(draft, node, from);
    }
    return nodes.length === 0;
  });
}

/**
 * Writes recorded peaks where nothing says what a node can bear. They stand as its greatest volume, not as its capacity: what was borne can be borne, and perhaps
 * more; a drill knows the difference.
 */
export function placePeaks(draft: GraphDraft, { from, peaks }: RecordedPeaks): void {
  for (const { path, rps } of peaks) {
    let node: NodeIndex | undefined = 0;
    for (const name of path) node = node === undefined ? undefined : draft.child(node, name);
    if (node === undefined || draft.hasCapacity(node) || draft.hasMaxVolume(node)) continue;
    draft.setNumbers(node, { maxVolume: rps });
    tellFrom(draft, node, from);
  }
}

function tellFrom(draft: GraphDraft, node: NodeIndex, from: string): void {
  const { parent, name } = must(draft.nodes[node]);
  if (parent !== -1) draft.node(parent, name, { metadata: { capacityFrom: from } });
}
