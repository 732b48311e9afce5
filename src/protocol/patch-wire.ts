import type { PatchRun, TopologyPatch } from "#domain/delta-patch.ts";
import { limits } from "#domain/limits.ts";
import type { TrafficEdge, TrafficNode } from "#domain/topology.ts";
import type { TrafficClass } from "#domain/traffic-class.ts";

import { list, optional, record, refuse, whole } from "./guard.ts";
import { readClasses, readEdge, readNode } from "./topology-wire.ts";

/** The new order: `[from, count]` keeps a run of old positions, an object is an item in full, `was` its old position if it had one. */
export type WireRun<T> = readonly [from: number, count: number] | { readonly item: T; readonly was?: number };

export interface WirePatch {
  readonly revision: number;
  readonly classes?: readonly TrafficClass[];
  readonly nodes: readonly WireRun<TrafficNode>[];
  readonly edges: readonly WireRun<TrafficEdge>[];
}

export function encodePatch({ nodes, edges, ...rest }: TopologyPatch): WirePatch {
  return { ...rest, nodes: nodes.map((run) => encodeRun(run)), edges: edges.map((run) => encodeRun(run)) };
}

export function readPatch(raw: unknown, place: string): TopologyPatch {
  const from = record(raw, place);
  const classes = optional(from["classes"], `${place}.classes`, readClasses);
  return {
    revision: whole(from["revision"], 0, Number.MAX_SAFE_INTEGER, `${place}.revision`),
    ...(classes === undefined ? {} : { classes }),
    nodes: readRuns(from["nodes"], limits.nodes, `${place}.nodes`, readNode),
    edges: readRuns(from["edges"], limits.edges, `${place}.edges`, readEdge),
  };
}

function encodeRun<T>(run: PatchRun<T>): WireRun<T> {
  if (run.kind === "kept") return [run.from, run.count];
  return run.was === undefined ? { item: run.item } : { item: run.item, was: run.was };
}

function readRuns<T>(
  raw: unknown,
  greatest: number,
  place: string,
  readItem: (from: Record<string, unknown>) => T,
): readonly PatchRun<T>[] {
  let total = 0;
  const runs = list(raw, greatest, place).map((item, i): PatchRun<T> => {
    const at = `${place}[${i}]`;
    if (Array.isArray(item)) {
      const count = whole(item[1], 1, greatest, `${at}[1]`);
      total += count;
      return { kind: "kept", from: whole(item[0], 0, greatest, `${at}[0]`), count };
    }
    const said = record(item, at);
    const was = optional(said["was"], `${at}.was`, (value, where) => whole(value, 0, greatest, where));
    total += 1;
    return {
      kind: "said",
      item: readItem(record(said["item"], `${at}.item`)),
      ...(was === undefined ? {} : { was }),
    };
  });
  return total <= greatest ? runs : refuse(place, `at most ${greatest} in all`);
}
