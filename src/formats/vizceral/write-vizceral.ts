import type { Json, JsonObject } from "#base/json.ts";
import type { Notice, NoticeTarget } from "#domain/notice.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { TrafficEdge, TrafficNode } from "#domain/topology.ts";
import { severityOf, standardClasses, type TrafficClass } from "#domain/traffic-class.ts";

import { rendererFor } from "./renderers.ts";

/**
 * The snapshot in Vizceral's format. Reading it again gives an equal snapshot when this one came from such a file. What the format lacks
 * stands under keys that Vizceral passes over: `capacity`, `instances`, `latencyMs`, `windowMs`. Shares metadata and unknown keys with the
 * snapshot.
 */
export function writeVizceral(snapshot: TrafficSnapshot): JsonObject {
  const { topology } = snapshot;
  const notices = noticesByTarget(snapshot.notices);
  const written: JsonObject[] = [];
  // Children come after their parents, so that walking backwards finds every child ready.
  for (let node = topology.nodes.length - 1; node >= 0; node -= 1) {
    const children = topology.children[node] ?? [];
    const inside = topology.inside[node] ?? [];
    written[node] = {
      ...nodeKeys(snapshot, node, notices),
      ...(node === 0 ? rootKeys(snapshot) : {}),
      ...(children.length === 0 ? {} : { nodes: children.map((child) => written[child] ?? {}) }),
      ...(inside.length === 0
        ? {}
        : { connections: inside.map((edge) => writeConnection(snapshot, edge, notices)) }),
    };
  }
  return written[0] ?? {};
}

type NoticeTable = ReadonlyMap<string, readonly JsonObject[]>;

function rootKeys({ at, windowMs, topology }: TrafficSnapshot): JsonObject {
  const classes = topology.classes.filter(isWorthTelling).map(writeClass);
  return { serverUpdateTime: at, windowMs, ...(classes.length === 0 ? {} : { classes }) };
}

function isWorthTelling(item: TrafficClass): boolean {
  return item.color !== undefined || !standardClasses.some(({ name }) => name === item.name);
}

function writeClass({ name, color, severity }: TrafficClass): JsonObject {
  return {
    name,
    ...(color === undefined ? {} : { color }),
    ...(severity === severityOf(name) ? {} : { severity }),
  };
}

function nodeKeys(snapshot: TrafficSnapshot, index: number, notices: NoticeTable): JsonObject {
  const { topology } = snapshot;
  const node: Partial<TrafficNode> = topology.nodes[index] ?? {};
  const entry = (topology.children[index] ?? [])
    .map((child) => topology.nodes[child])
    .find((child) => child?.isEntry === true);
  return defined({
    renderer: node.view === undefined ? undefined : rendererFor(node.view),
    name: node.name,
    displayName: node.displayName,
    class: node.class,
    node_type: node.type,
    entryNode: entry?.name,
    maxVolume: known(snapshot.maxVolume[index]),
    capacity: known(snapshot.capacity[index]),
    instances: known(snapshot.instances[index]),
    updated: known(snapshot.observedAt[index]),
    metadata: node.metadata,
    metrics: reportedRates(snapshot, index),
    notices: notices.get(targetKey({ kind: "node", node: index })),
    // Last, because it keeps what was written where this says less: an unknown renderer, a class without traffic.
    ...node.extra,
  });
}

function writeConnection(snapshot: TrafficSnapshot, index: number, notices: NoticeTable): JsonObject {
  const { topology, latencyMs } = snapshot;
  const edge: Partial<TrafficEdge> = topology.edges[index] ?? {};
  const latency = defined({
    p50: known(latencyMs.p50[index]),
    p95: known(latencyMs.p95[index]),
    p99: known(latencyMs.p99[index]),
  });
  return defined({
    source: topology.nodes[edge.source ?? -1]?.name,
    target: topology.nodes[edge.target ?? -1]?.name,
    class: edge.class,
    metrics: metrics(snapshot, snapshot.rates, index),
    latencyMs: Object.keys(latency).length === 0 ? undefined : latency,
    metadata: edge.metadata,
    notices: notices.get(targetKey({ kind: "edge", edge: index })),
    ...edge.extra,
  });
}

/** The classes of one row that flow. */
function metrics({ topology }: TrafficSnapshot, column: Float64Array, row: number): JsonObject {
  const first = row * topology.classes.length;
  return Object.fromEntries(
    topology.classes
      .map(({ name }, c): [string, number] => [name, column[first + c] ?? 0])
      .filter(([, rate]) => rate > 0),
  );
}

function reportedRates(snapshot: TrafficSnapshot, node: number): JsonObject | undefined {
  const classes = snapshot.topology.classes.length;
  if (Number.isNaN(snapshot.nodeRates[node * classes] ?? NaN)) return undefined;
  const flowing = metrics(snapshot, snapshot.nodeRates, node);
  // Nothing flows is another statement than nothing is known.
  return Object.keys(flowing).length === 0 ? { normal: 0 } : flowing;
}

function noticesByTarget(notices: readonly Notice[]): NoticeTable {
  const table = new Map<string, JsonObject[]>();
  for (const { target, title, subtitle, link, severity } of notices) {
    const written = defined({ title, subtitle, link, severity });
    const key = targetKey(target);
    const earlier = table.get(key);
    if (earlier === undefined) table.set(key, [written]);
    else earlier.push(written);
  }
  return table;
}

function targetKey(target: NoticeTarget): string {
  return target.kind === "node" ? `node ${target.node}` : `edge ${target.edge}`;
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** The keys that have a value, in their order. */
function defined(keys: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(keys).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
