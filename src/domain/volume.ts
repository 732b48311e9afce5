import type { NodeIndex, Topology } from "./topology.ts";
import type { TrafficSnapshot } from "./snapshot.ts";

/** Requests per second of every node, per class: column[node * classes + class]. */
export interface NodeVolumes {
  readonly inbound: Float64Array;
  readonly outbound: Float64Array;
  /**
   * What passes through the node: what comes in; for an entry, and for a node that nothing comes into, what goes out; for a node without edges
   * what it reports of itself, else the sum of its children's entries; 0 when nothing is known.
   */
  readonly through: Float64Array;
}

export function nodeVolumes(snapshot: TrafficSnapshot): NodeVolumes {
  const { topology, rates, nodeRates } = snapshot;
  const classes = topology.classes.length;
  const size = topology.nodes.length * classes;
  const inbound = new Float64Array(size);
  const outbound = new Float64Array(size);
  topology.edges.forEach((edge, index) => {
    for (let c = 0; c < classes; c += 1) {
      const rate = known(rates[index * classes + c]);
      inbound[edge.target * classes + c]! += rate;
      outbound[edge.source * classes + c]! += rate;
    }
  });
  const through = new Float64Array(size);
  // Children come after their parents, so that walking backwards finds every child's volume ready.
  for (let node = topology.nodes.length - 1; node >= 0; node -= 1) {
    const chosen = chooseVolume(topology, node, inbound, outbound, nodeRates);
    if (chosen === undefined) addEntryVolumes(topology, node, through);
    else for (let c = node * classes; c < (node + 1) * classes; c += 1) through[c] = known(chosen[c]);
  }
  return { inbound, outbound, through };
}

/** The columns that hold a node's volume, with the node's own offset, or undefined when only its children know. */
function chooseVolume(
  topology: Topology,
  node: NodeIndex,
  inbound: Float64Array,
  outbound: Float64Array,
  nodeRates: Float64Array,
): Float64Array | undefined {
  const comesIn = (topology.incoming[node]?.length ?? 0) > 0;
  const goesOut = (topology.outgoing[node]?.length ?? 0) > 0;
  if (comesIn && topology.nodes[node]?.isEntry !== true) return inbound;
  if (goesOut) return outbound;
  if (comesIn) return inbound;
  const classes = topology.classes.length;
  const reports = nodeRates
    .subarray(node * classes, (node + 1) * classes)
    .some((rate) => !Number.isNaN(rate));
  return reports ? nodeRates : undefined;
}

/** What is not known, and what cannot be, counts as nothing. */
function known(rate: number | undefined): number {
  return rate !== undefined && rate > 0 ? rate : 0;
}

function addEntryVolumes(topology: Topology, node: NodeIndex, through: Float64Array): void {
  const classes = topology.classes.length;
  for (const child of topology.children[node] ?? []) {
    if (!isSource(topology, child)) continue;
    for (let c = 0; c < classes; c += 1) through[node * classes + c]! += through[child * classes + c]!;
  }
}

/** Whether traffic enters its parent through this node: a declared entry, or a node that sends but receives nothing. */
function isSource(topology: Topology, node: NodeIndex): boolean {
  const receives = (topology.incoming[node]?.length ?? 0) > 0;
  return topology.nodes[node]?.isEntry === true || !receives;
}

/** Sum over the classes of one row of a column such as `rates` or `through`. */
export function rowTotal(column: Float64Array, row: number, classes: number): number {
  let total = 0;
  for (let c = row * classes; c < (row + 1) * classes; c += 1) {
    const rate = column[c]!;
    if (rate > 0) total += rate;
  }
  return total;
}
