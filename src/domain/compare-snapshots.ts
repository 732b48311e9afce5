import { matchTopologies } from "./delta-match.ts";
import { errorShare, severityRates } from "./health.ts";
import { edgeRef, nodeRef, type ItemRef } from "./node-path.ts";
import type { TrafficSnapshot } from "./snapshot.ts";
import type { EdgeIndex, NodeIndex } from "./topology.ts";
import { nodeVolumes, rowTotal, type NodeVolumes } from "./volume.ts";

/** How a node or an edge differs between two moments: it exists in one only, or carries noticeably more or less than it did. */
export type ChangeKind = "new" | "gone" | "hotter" | "colder" | "same";

/** The order in which changes are counted and told. */
export const changeKinds: readonly ChangeKind[] = ["new", "gone", "hotter", "colder", "same"];

/** How a node or an edge fared at one moment. */
export interface ItemMeasures {
  /** Requests per second: along an edge, through a node. */
  readonly volume: number;
  /** Share of failed requests, 0 to 1; 0 where nothing flows. */
  readonly errors: number;
  /** Latency in milliseconds; NaN where nothing was measured, and for nodes. */
  readonly p95: number;
}

/** One node or edge at two moments. At least one of `before` and `after` is there. */
export interface ItemChange {
  readonly ref: ItemRef;
  readonly kind: ChangeKind;
  readonly before: ItemMeasures | undefined;
  readonly after: ItemMeasures | undefined;
}

/** Every node but the root and every edge of both moments, once each: those of the later in its order, then what is gone. */
export interface SnapshotComparison {
  readonly nodes: readonly ItemChange[];
  readonly edges: readonly ItemChange[];
}

/**
 * From where a volume counts as changed. Both must hold.
 *
 * `share`: a fifth of the greater of the two. A day's curve moves all volumes by less within minutes; what moves by more is worth a look.
 *
 * `deviations`: requests that come independently of each other are counted with a standard deviation of the root of their number (Poisson), so that a rate r
 * averaged over w seconds is uncertain by sqrt(r / w), and the difference of two by the root of the sum of the squares. Three of these are passed by chance about
 * once in 370 edges. It keeps edges quiet that carry a few requests now and then, whose share changes all the time.
 */
export const changeThresholds = { share: 0.2, deviations: 3 } as const;

/** What a frame says of the window it is averaged over may be missing or nothing. */
const leastWindowMs = 1_000;

/** Compares two moments, by names: the two may be of different topologies. Linear in nodes and edges. */
export function compareSnapshots(before: TrafficSnapshot, after: TrafficSnapshot): SnapshotComparison {
  const match = matchTopologies(before.topology, after.topology);
  const then = { snapshot: before, volumes: nodeVolumes(before) };
  const now = { snapshot: after, volumes: nodeVolumes(after) };
  const changeOf = changeBetween(windowSeconds(before), windowSeconds(after));
  return {
    nodes: pairs(before.topology.nodes.length, match.nodes)
      .filter(([old, item]) => old !== 0 && item !== 0)
      .map(([old, item]) => ({
        ref: item >= 0 ? nodeRef(after.topology, item) : nodeRef(before.topology, old),
        ...changeOf(
          old >= 0 ? nodeMeasures(then, old) : undefined,
          item >= 0 ? nodeMeasures(now, item) : undefined,
        ),
      })),
    edges: pairs(before.topology.edges.length, match.edges).map(([old, item]) => ({
      ref: item >= 0 ? edgeRef(after.topology, item) : edgeRef(before.topology, old),
      ...changeOf(
        old >= 0 ? edgeMeasures(before, old) : undefined,
        item >= 0 ? edgeMeasures(after, item) : undefined,
      ),
    })),
  };
}

/** How many nodes and edges changed in each way. */
export function countChanges({ nodes, edges }: SnapshotComparison): Record<ChangeKind, number> {
  const counts = { new: 0, gone: 0, hotter: 0, colder: 0, same: 0 };
  for (const { kind } of nodes) counts[kind] += 1;
  for (const { kind } of edges) counts[kind] += 1;
  return counts;
}

/** Old and new position of everything, -1 where it is not: first what the later one has, then the rest of the earlier. */
function pairs(oldCount: number, match: Int32Array): readonly (readonly [number, number])[] {
  const isKept = new Uint8Array(oldCount);
  const all: (readonly [number, number])[] = [];
  match.forEach((old, item) => {
    if (old >= 0) isKept[old] = 1;
    all.push([old, item]);
  });
  isKept.forEach((kept, old) => {
    if (kept === 0) all.push([old, -1]);
  });
  return all;
}

interface Moment {
  readonly snapshot: TrafficSnapshot;
  readonly volumes: NodeVolumes;
}

function nodeMeasures(
  { snapshot: { topology }, volumes: { through } }: Moment,
  node: NodeIndex,
): ItemMeasures {
  const rates = severityRates(through, node, topology.classes);
  return { volume: rates.total, errors: errorShare(rates), p95: NaN };
}

function edgeMeasures({ topology, rates, latencyMs }: TrafficSnapshot, edge: EdgeIndex): ItemMeasures {
  const { classes } = topology;
  return {
    volume: rowTotal(rates, edge, classes.length),
    errors: errorShare(severityRates(rates, edge, classes)),
    p95: latencyMs.p95[edge] ?? NaN,
  };
}

type Change = Pick<ItemChange, "kind" | "before" | "after">;

function changeBetween(
  secondsBefore: number,
  secondsAfter: number,
): (before: ItemMeasures | undefined, after: ItemMeasures | undefined) => Change {
  return (before, after) => ({ kind: kindOf(before, after), before, after });

  function kindOf(before: ItemMeasures | undefined, after: ItemMeasures | undefined): ChangeKind {
    if (before === undefined) return "new";
    if (after === undefined) return "gone";
    const [then, now] = [before.volume, after.volume];
    const change = Math.abs(now - then);
    const uncertainty = Math.sqrt(then / secondsBefore + now / secondsAfter);
    const isNoticed =
      change > changeThresholds.share * Math.max(then, now) &&
      change > changeThresholds.deviations * uncertainty;
    if (!isNoticed) return "same";
    return now > then ? "hotter" : "colder";
  }
}

function windowSeconds({ windowMs }: TrafficSnapshot): number {
  return Math.max(leastWindowMs, Number.isFinite(windowMs) ? windowMs : 0) / 1_000;
}
