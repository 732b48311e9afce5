import type { Millis } from "#base/time.ts";
import { healthOf, severityRates } from "#domain/health.ts";
import { rowTotal, type NodeVolumes } from "#domain/volume.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { TrafficClass } from "#domain/traffic-class.ts";

import type { BuiltStructure } from "./build-structure.ts";
import type { SceneValues } from "./scene.ts";
import { sceneDrill } from "./scene-drill.ts";

/** A node that was not heard of for longer shows as stale; the original uses the same three minutes. */
export const staleAfterMs = 180_000;

export interface ValuesInput {
  readonly structure: BuiltStructure;
  readonly snapshot: TrafficSnapshot;
  readonly volumes: NodeVolumes;
  /** Requests per second that give an edge its greatest width. */
  readonly reference: number;
  /** Data time now. */
  readonly now: Millis;
}

/** World units. Regions are joined by wide bands, services by lanes. */
const laneWidths = { ring: { least: 3, most: 96 }, flow: { least: 2, most: 26 } } as const;

export function buildValues(input: ValuesInput): SceneValues {
  const { structure, snapshot, volumes } = input;
  const { topology } = snapshot;
  const classes = topology.classes.length;
  const nodeCount = structure.nodes.count;
  const edgeCount = structure.edges.count;
  const values = {
    version: structure.version,
    nodeVolume: new Float32Array(nodeCount),
    nodeShares: new Float32Array(nodeCount * classes),
    nodePart: new Float32Array(nodeCount),
    nodeSize: new Float32Array(nodeCount),
    nodeLoad: new Float32Array(nodeCount),
    nodeHealth: new Uint8Array(nodeCount),
    nodeStaleMs: new Float32Array(nodeCount),
    nodeBadge: new Uint8Array(nodeCount),
    edgeRate: new Float32Array(edgeCount),
    edgeWidth: new Float32Array(edgeCount),
    edgeDanger: new Float32Array(edgeCount),
    edgeWarning: new Float32Array(edgeCount),
    edgeBadge: new Uint8Array(edgeCount),
  } satisfies SceneValues;

  let total = 0;
  for (let i = 0; i < nodeCount; i += 1) {
    const node = structure.nodeIndex[i]!;
    const volume = rowTotal(volumes.through, node, classes);
    values.nodeVolume[i] = volume;
    for (let c = 0; c < classes; c += 1) {
      values.nodeShares[i * classes + c] =
        volume > 0 ? Math.max(0, volumes.through[node * classes + c]!) / volume : 0;
    }
    if (structure.nodes.role[i] === "entry") total += volume;
    values.nodeLoad[i] = volume / greatestKnown(snapshot, node);
    values.nodeHealth[i] = healthClass(topology.classes, topology.nodes[node]?.class, volumes.through, node);
    const age = input.now - snapshot.observedAt[node]!;
    values.nodeStaleMs[i] = age > staleAfterMs ? age : 0;
  }
  const largest = values.nodeVolume.reduce((most, volume) => Math.max(most, volume), 0);
  for (let i = 0; i < nodeCount; i += 1) {
    values.nodePart[i] = total > 0 ? Math.min(1, values.nodeVolume[i]! / total) : 0;
    values.nodeSize[i] = sizeOf(values.nodeVolume[i]!, largest);
  }

  addEdges(input, values);
  addBadges(input, values.nodeBadge, values.edgeBadge);
  const drill = sceneDrill(structure, snapshot);
  return drill === undefined ? values : { ...values, drill };
}

/** Size of a disc within its room, 0 to 1, where the largest of the view carries `largest`. */
export function sizeOf(volume: number, largest: number): number {
  return largest > 0 ? 0.46 + 0.54 * Math.sqrt(Math.min(1, volume / largest)) : 0.6;
}

interface EdgeValues {
  readonly edgeRate: Float32Array;
  readonly edgeWidth: Float32Array;
  readonly edgeDanger: Float32Array;
  readonly edgeWarning: Float32Array;
}

/** As severityRates splits a row, written out: there are many edges, and a comparison of texts for each number is most of the time. */
function addEdges({ structure, snapshot, reference }: ValuesInput, values: EdgeValues): void {
  const { rates, topology } = snapshot;
  const { edgeIndex } = structure;
  const classes = topology.classes.length;
  const isDanger = topology.classes.map(({ severity }) => severity === "danger");
  const isWarning = topology.classes.map(({ severity }) => severity === "warning");
  const { least, most } = structure.view === "ring" ? laneWidths.ring : laneWidths.flow;
  for (let i = 0; i < edgeIndex.length; i += 1) {
    const row = edgeIndex[i]! * classes;
    let total = 0;
    let warning = 0;
    let danger = 0;
    for (let c = 0; c < classes; c += 1) {
      const rate = rates[row + c]!;
      if (!(rate > 0)) continue;
      total += rate;
      if (isDanger[c]!) danger += rate;
      else if (isWarning[c]!) warning += rate;
    }
    values.edgeRate[i] = total;
    values.edgeWidth[i] = least + (most - least) * Math.sqrt(Math.min(1, total / reference));
    values.edgeDanger[i] = total > 0 ? danger / total : 0;
    values.edgeWarning[i] = total > 0 ? warning / total : 0;
  }
}

/** What the node is configured to bear, else its greatest recent volume; NaN where neither is known. */
function greatestKnown(snapshot: TrafficSnapshot, node: number): number {
  const capacity = snapshot.capacity[node]!;
  return capacity > 0 ? capacity : snapshot.maxVolume[node]! > 0 ? snapshot.maxVolume[node]! : NaN;
}

/** The class that the source declares, where that is one to worry about; else what the traffic shows. */
function healthClass(
  classes: readonly TrafficClass[],
  declared: string | undefined,
  through: Float64Array,
  node: number,
): number {
  const index = classes.findIndex(({ name }) => name === declared);
  if (index > 0) return index;
  const health = healthOf(severityRates(through, node, classes));
  if (health === "failing")
    return Math.max(
      0,
      classes.findIndex(({ severity }) => severity === "danger"),
    );
  if (health === "degraded")
    return Math.max(
      0,
      classes.findIndex(({ severity }) => severity === "warning"),
    );
  return 0;
}

/** Badges of own notices, and of warnings and errors anywhere below a node: from a region one sees that something is wrong inside. */
function addBadges({ structure, snapshot }: ValuesInput, nodeBadge: Uint8Array, edgeBadge: Uint8Array): void {
  if (snapshot.notices.length === 0) return;
  const { topology } = snapshot;
  const nodePosition = new Map(Array.from(structure.nodeIndex, (node, i) => [node, i] as const));
  const edgePosition = new Map(Array.from(structure.edgeIndex, (edge, i) => [edge, i] as const));
  for (const { target, severity } of snapshot.notices) {
    const mark = severity + 1;
    if (target.kind === "edge") {
      const position = edgePosition.get(target.edge);
      if (position !== undefined) edgeBadge[position] = Math.max(edgeBadge[position]!, mark);
    }
    const first = target.kind === "node" ? target.node : (topology.edges[target.edge]?.source ?? -1);
    for (let node = first; node > 0; node = topology.nodes[node]?.parent ?? -1) {
      const isOwn = target.kind === "node" && node === first;
      const position = nodePosition.get(node);
      if (position === undefined || (!isOwn && (severity === 0 || node === first))) continue;
      nodeBadge[position] = Math.max(nodeBadge[position]!, mark);
    }
  }
}
