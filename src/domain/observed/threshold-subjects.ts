import { boundaryType } from "../boundary.ts";
import type { TrafficSnapshot } from "../snapshot.ts";
import type { NodeIndex, Topology } from "../topology.ts";

/** A region, or a service in it, that may be watched. */
export interface Subject {
  readonly node: NodeIndex;
  /** Undefined in a graph without regions. */
  readonly region: string | undefined;
  /** Undefined for a region itself. */
  readonly service: string | undefined;
  /** What the service may be called. */
  readonly names: readonly string[];
  /** Unique in the snapshot. */
  readonly key: string;
}

/** Children of the root that hold graphs are regions, and what is in them services; children that hold none are services without a region. */
export function subjectsOf({ nodes, children }: Topology): readonly Subject[] {
  const subjects: Subject[] = [];
  const add = (node: NodeIndex, region: string | undefined): void => {
    const { name, displayName, isEntry, type } = nodes[node]!;
    if (isEntry === true || type === boundaryType) return;
    const names = displayName === undefined ? [name] : [name, displayName];
    subjects.push({
      node,
      region,
      service: name,
      names,
      key: `${region?.length ?? -1} ${region ?? ""}${name}`,
    });
  };
  for (const node of children[0] ?? []) {
    const { name, isEntry } = nodes[node]!;
    const inside = children[node] ?? [];
    if (isEntry === true) continue;
    if (inside.length === 0) add(node, undefined);
    else {
      subjects.push({ node, region: name, service: undefined, names: [], key: `region ${name}` });
      for (const child of inside) add(child, name);
    }
  }
  return subjects;
}

/** What passes through a node, how much of it fails, and how long it takes: the mean of what comes in, weighed by the requests; NaN where nobody measured. */
export function measureNode(snapshot: TrafficSnapshot, through: Float64Array, node: NodeIndex) {
  const { topology, rates, latencyMs } = snapshot;
  const classes = topology.classes.length;
  let volume = 0;
  let errors = 0;
  topology.classes.forEach(({ severity }, c) => {
    const rate = through[node * classes + c]!;
    volume += rate;
    if (severity === "danger") errors += rate;
  });
  const latency = (quantile: keyof TrafficSnapshot["latencyMs"]): number => {
    let sum = 0;
    let weight = 0;
    for (const edge of topology.incoming[node] ?? []) {
      const ms = latencyMs[quantile][edge]!;
      if (Number.isNaN(ms)) continue;
      let rate = 0;
      for (let c = 0; c < classes; c += 1) rate += rates[edge * classes + c]!;
      sum += ms * rate;
      weight += rate;
    }
    return weight > 0 ? sum / weight : NaN;
  };
  return { volume, errors, latency };
}
