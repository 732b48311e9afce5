import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";

import { carryValues } from "./delta-carry.ts";
import { isIdentity, matchTopologies } from "./delta-match.ts";
import { sameClasses, sameEdge, sameNode } from "./delta-same.ts";
import { limits } from "./limits.ts";
import { createSnapshot, type TrafficSnapshot } from "./snapshot.ts";
import type { Notice } from "./notice.ts";
import {
  createTopology,
  sameStructure,
  type Topology,
  type TopologyParts,
  type TrafficEdge,
  type TrafficNode,
} from "./topology.ts";

/**
 * What a source has said lately. A node or an edge that is missing from the source's next snapshot falls silent: it stays, at rate 0, until
 * it has been silent for the linger time. So a source that flickers neither moves the picture nor floods the wire.
 */
export interface Lingering {
  /**
   * The source's newest snapshot with the silent ones in it. What stays keeps its order from snapshot to snapshot, what is new comes last, and
   * the revision goes up only when something came or went.
   */
  readonly snapshot: TrafficSnapshot;
  /** When each node and edge of the snapshot fell silent; NaN for those that the source named. */
  readonly silentSince: { readonly nodes: Float64Array; readonly edges: Float64Array };
  /** The source's own topology when it has the same order as the snapshot's: while it comes again, there is nothing to compare. */
  readonly said: Topology | undefined;
}

/** What is shown after `next`, as a function of what was shown before. `next` is later than all that came before it, and is not changed. */
export function linger(before: Lingering | undefined, next: TrafficSnapshot, lingerMs: number): Lingering {
  if (before === undefined) {
    return { snapshot: next, silentSince: allNamed(next.topology), said: next.topology };
  }
  const shown = before.snapshot.topology;
  if (next.topology === before.said) {
    return { ...before, snapshot: createSnapshot({ ...next, topology: shown }) };
  }

  const match = matchTopologies(shown, next.topology);
  if (isIdentity(match, shown)) {
    const topology = settle(shown, next.topology);
    const snapshot = createSnapshot({ ...next, topology });
    return { snapshot, silentSince: allNamed(topology), said: next.topology };
  }

  const nodes = order(shown.nodes.length, match.nodes, before.silentSince.nodes, next.at, lingerMs);
  const edges = order(shown.edges.length, match.edges, before.silentSince.edges, next.at, lingerMs);
  const isTooMuch = nodes.length > limits.nodes || edges.length > limits.edges;
  if (isTooMuch && lingerMs > 0) return linger(before, next, 0);
  return merge(before, next, nodes, edges);
}

/** One item of the merged order: where it stands in the shown topology and in the next one (-1: nowhere), and since when it is silent. */
interface Slot {
  readonly old: number;
  readonly next: number;
  readonly since: Millis;
}

function order(
  oldCount: number,
  match: Int32Array,
  silentSince: Float64Array,
  now: Millis,
  lingerMs: number,
): readonly Slot[] {
  const nextOf = new Int32Array(oldCount).fill(-1);
  match.forEach((old, next) => {
    if (old !== -1) nextOf[old] = next;
  });
  const slots: Slot[] = [];
  nextOf.forEach((next, old) => {
    const before = silentSince[old]!;
    const since = Number.isNaN(before) ? now : before;
    if (next !== -1) slots.push({ old, next, since: NaN });
    else if (now - since < lingerMs) slots.push({ old, next, since });
  });
  match.forEach((old, next) => {
    if (old === -1) slots.push({ old, next, since: NaN });
  });
  return slots;
}

function merge(
  before: Lingering,
  next: TrafficSnapshot,
  nodeSlots: readonly Slot[],
  edgeSlots: readonly Slot[],
): Lingering {
  const shown = before.snapshot.topology;
  const newOfOld = positions(nodeSlots, "old", shown.nodes.length);
  const newOfNext = positions(nodeSlots, "next", next.topology.nodes.length);
  const nodes = nodeSlots.map((slot): TrafficNode => {
    const isSilent = slot.next === -1;
    const node = must(isSilent ? shown.nodes[slot.old] : next.topology.nodes[slot.next]);
    if (node.parent === -1) return node;
    return { ...node, parent: must((isSilent ? newOfOld : newOfNext)[node.parent]) };
  });
  const edges = edgeSlots.map((slot): TrafficEdge => {
    const isSilent = slot.next === -1;
    const edge = must(isSilent ? shown.edges[slot.old] : next.topology.edges[slot.next]);
    const to = isSilent ? newOfOld : newOfNext;
    return { ...edge, source: must(to[edge.source]), target: must(to[edge.target]) };
  });
  const topology = settle(shown, { classes: next.topology.classes, nodes, edges });
  const values = carryValues(next, topology, {
    nodes: Int32Array.from(nodeSlots, (slot) => slot.next),
    edges: Int32Array.from(edgeSlots, (slot) => slot.next),
  });
  const edgeOfNext = positions(edgeSlots, "next", next.topology.edges.length);
  const notices = next.notices.map((notice) => moveNotice(notice, newOfNext, edgeOfNext));
  const snapshot = createSnapshot({ ...next, topology, notices, values });
  keepWhatSilentNodesAre(before.snapshot, snapshot, nodeSlots);
  return {
    snapshot,
    silentSince: {
      nodes: Float64Array.from(nodeSlots, (slot) => slot.since),
      edges: Float64Array.from(edgeSlots, (slot) => slot.since),
    },
    said: undefined,
  };
}

/** A silent node carries no traffic, yet it is as large as it was, and was last heard of when it was. */
function keepWhatSilentNodesAre(from: TrafficSnapshot, to: TrafficSnapshot, slots: readonly Slot[]): void {
  const classes = to.topology.classes.length;
  slots.forEach((slot, row) => {
    if (slot.next !== -1) return;
    to.maxVolume[row] = from.maxVolume[slot.old]!;
    to.capacity[row] = from.capacity[slot.old]!;
    to.observedAt[row] = from.observedAt[slot.old]!;
    const hadRates = !Number.isNaN(from.nodeRates[slot.old * from.topology.classes.length] ?? NaN);
    if (hadRates) to.nodeRates.fill(0, row * classes, (row + 1) * classes);
  });
}

/** The topology to show: the one that is already shown when nothing differs, so that whoever compares by identity sees no change. */
function settle(shown: Topology, said: Omit<TopologyParts, "revision">): Topology {
  const { classes, nodes, edges } = said;
  const parts = { revision: shown.revision, classes, nodes, edges };
  if (!sameStructure(shown, parts)) return createTopology({ ...parts, revision: shown.revision + 1 });
  const isSame =
    sameClasses(shown.classes, parts.classes) &&
    parts.nodes.every((node, i) => sameNode(node, must(shown.nodes[i]))) &&
    parts.edges.every((edge, i) => sameEdge(edge, must(shown.edges[i])));
  return isSame ? shown : { ...shown, ...parts };
}

function positions(slots: readonly Slot[], side: "old" | "next", length: number): Int32Array {
  const to = new Int32Array(length).fill(-1);
  slots.forEach((slot, position) => {
    if (slot[side] !== -1) to[slot[side]] = position;
  });
  return to;
}

function moveNotice(notice: Notice, nodes: Int32Array, edges: Int32Array): Notice {
  const { target } = notice;
  return target.kind === "node"
    ? { ...notice, target: { kind: "node", node: must(nodes[target.node]) } }
    : { ...notice, target: { kind: "edge", edge: must(edges[target.edge]) } };
}

function allNamed(topology: Topology): Lingering["silentSince"] {
  return {
    nodes: new Float64Array(topology.nodes.length).fill(NaN),
    edges: new Float64Array(topology.edges.length).fill(NaN),
  };
}
