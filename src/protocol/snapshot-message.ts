import { ok, type Result } from "#base/result.ts";
import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import { targetsExist } from "#domain/notice.ts";
import {
  createSnapshot,
  emptyValues,
  slotOffsets,
  slotShape,
  type SlotOffsets,
  type TrafficSnapshot,
} from "#domain/snapshot.ts";
import { createTopology, type Topology } from "#domain/topology.ts";

import type { Codec } from "./codec.ts";
import { readDrillInfo } from "./drill-info-wire.ts";
import { finite, GuardError, list, listOf, optional, record, refuse, whole } from "./guard.ts";
import { malformed, type Malformed } from "./malformed.ts";
import { readClasses, readEdge, readNode, readNotices } from "./topology-wire.ts";

/** Everything about one frame. `gzip` is the JSON of a SnapshotBody: packed once, then sent to every viewer that needs it. */
export interface SnapshotMessage {
  readonly epoch: string;
  readonly seq: number;
  readonly gzip: string;
}

export interface DecodedSnapshot {
  readonly epoch: string;
  readonly seq: number;
  readonly snapshot: TrafficSnapshot;
}

type Column = Exclude<keyof SlotOffsets, "length">;

/** In the order of the slots. */
const columns: readonly Column[] = [
  "rates",
  "p50",
  "p95",
  "p99",
  "nodeRates",
  "maxVolume",
  "capacity",
  "instances",
  "observedAt",
];

/** The slots of the largest graph that the limits allow. */
export const greatestSlots = slotOffsets(limits).length;

/** 200 bytes for each node and edge of the largest graph and 20 for each number; a body is far smaller, unless it is an attack. */
export const greatestBodyBytes = 200 * (limits.nodes + limits.edges) + 20 * greatestSlots;

/** The text that is packed into a snapshot message. A column in which nothing is known is left out, but for the rates. */
export function snapshotBody({
  at,
  windowMs,
  topology,
  notices,
  simulated,
  values,
}: TrafficSnapshot): string {
  const { revision, classes, nodes, edges } = topology;
  const offsets = slotOffsets(slotShape(topology));
  const known: Partial<Record<Column, readonly number[]>> = {};
  columns.forEach((column, i) => {
    const next = columns[i + 1];
    const part = values.subarray(offsets[column], next === undefined ? offsets.length : offsets[next]);
    if (column === "rates" || part.some((value) => !Number.isNaN(value))) known[column] = Array.from(part);
  });
  return JSON.stringify({
    t: at,
    window: windowMs,
    revision,
    classes,
    nodes,
    edges,
    notices,
    ...(simulated === undefined ? {} : { simulated }),
    columns: known,
  });
}

export async function encodeSnapshot(
  snapshot: TrafficSnapshot,
  epoch: string,
  seq: number,
  codec: Codec,
): Promise<SnapshotMessage> {
  return { epoch, seq, gzip: await codec.pack(snapshotBody(snapshot)) };
}

export async function decodeSnapshot(
  raw: unknown,
  codec: Codec,
): Promise<Result<DecodedSnapshot, Malformed>> {
  const { epoch, seq, gzip } = isJsonObject(raw) ? raw : {};
  if (typeof epoch !== "string" || epoch.length > limits.nameLength) {
    return malformed("snapshot", "epoch: a text is needed");
  }
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 0) {
    return malformed("snapshot", "seq: a whole number is needed");
  }
  if (typeof gzip !== "string") return malformed("snapshot", "gzip: a text is needed");
  const body = await unpack(gzip, codec);
  const snapshot = body.ok ? readSnapshotBody(body.value) : body;
  return snapshot.ok ? ok({ epoch, seq, snapshot: snapshot.value }) : snapshot;
}

async function unpack(gzip: string, codec: Codec): Promise<Result<unknown, Malformed>> {
  try {
    return ok(JSON.parse(await codec.unpack(gzip, greatestBodyBytes)));
  } catch (error: unknown) {
    return malformed("snapshot", `gzip: ${error instanceof Error ? error.message : "cannot be unpacked"}`);
  }
}

/** Reads what `snapshotBody` has written, after JSON.parse. */
export function readSnapshotBody(raw: unknown): Result<TrafficSnapshot, Malformed> {
  try {
    const from = record(raw, "body");
    const topology = readTopology(from);
    const notices = readNotices(from["notices"], "notices");
    if (!targetsExist(notices, topology)) refuse("notices", "targets that the frame has");
    const simulated = optional(from["simulated"], "simulated", readDrillInfo);
    return ok(
      createSnapshot({
        at: finite(from["t"], "t"),
        windowMs: finite(from["window"], "window"),
        topology,
        notices,
        ...(simulated === undefined ? {} : { simulated }),
        values: readColumns(record(from["columns"], "columns"), topology),
      }),
    );
  } catch (error: unknown) {
    if (error instanceof GuardError) return malformed("snapshot", error.message);
    throw error;
  }
}

function readTopology(from: Record<string, unknown>): Topology {
  const nodes = listOf(from["nodes"], limits.nodes, "nodes", readNode);
  const edges = listOf(from["edges"], limits.edges, "edges", readEdge);
  if (nodes.length === 0) refuse("nodes", "at least the root");
  nodes.forEach(({ parent }, i) => {
    if (i === 0 ? parent !== -1 : parent < 0 || parent >= i) refuse(`nodes[${i}].parent`, "a node before it");
  });
  edges.forEach(({ source, target }, i) => {
    const parent = nodes[source]?.parent;
    if (parent === undefined || nodes[target]?.parent !== parent) refuse(`edges[${i}]`, "two siblings");
  });
  const revision = whole(from["revision"], 0, Number.MAX_SAFE_INTEGER, "revision");
  return createTopology({ revision, classes: readClasses(from["classes"], "classes"), nodes, edges });
}

function readColumns(from: Record<string, unknown>, topology: Topology): Float64Array {
  const values = emptyValues(topology);
  const offsets = slotOffsets(slotShape(topology));
  columns.forEach((column, i) => {
    if (from[column] === undefined) return;
    const next = columns[i + 1];
    const end = next === undefined ? offsets.length : offsets[next];
    const part = list(from[column], end - offsets[column], `columns.${column}`);
    if (part.length !== end - offsets[column]) {
      refuse(`columns.${column}`, `${end - offsets[column]} numbers`);
    }
    part.forEach((value, row) => {
      values[offsets[column] + row] = value === null ? NaN : finite(value, `columns.${column}[${row}]`);
    });
  });
  return values;
}
