import { ok, type Result } from "#base/result.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { createSnapshot, type SnapshotParts, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology, type TopologyParts } from "#domain/topology.ts";

import type { Pushed, PushFault, PushReading } from "./read-push.ts";

/** A snapshot without what can be derived: less to carry between threads. */
interface CarriedSnapshot extends Omit<SnapshotParts, "topology"> {
  readonly topology: TopologyParts;
}

export interface ThreadAsk extends Omit<PushReading, "body" | "before"> {
  readonly body: Uint8Array;
  readonly before: CarriedSnapshot | undefined;
}

export type ThreadAnswer = Result<
  { readonly snapshot: CarriedSnapshot; readonly problems: readonly Diagnostic[] },
  PushFault
>;

/** What is asked, for the way to the thread. */
export function carriedAsk({ before, ...rest }: PushReading): ThreadAsk {
  return { ...rest, before: before === undefined ? undefined : carried(before) };
}

export function askOf({ body, before, ...rest }: ThreadAsk): PushReading {
  return {
    ...rest,
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    before: before === undefined ? undefined : snapshotOf(before),
  };
}

/** What came of it, for the way back. */
export function carriedAnswer(read: Result<Pushed, PushFault>): ThreadAnswer {
  return read.ok ? ok({ ...read.value, snapshot: carried(read.value.snapshot) }) : read;
}

export function answerOf(read: ThreadAnswer): Result<Pushed, PushFault> {
  return read.ok ? ok({ ...read.value, snapshot: snapshotOf(read.value.snapshot) }) : read;
}

function carried({ at, windowMs, topology, notices, values }: TrafficSnapshot): CarriedSnapshot {
  const { revision, classes, nodes, edges } = topology;
  return { at, windowMs, notices, values, topology: { revision, classes, nodes, edges } };
}

function snapshotOf({ topology, ...rest }: CarriedSnapshot): TrafficSnapshot {
  return createSnapshot({ ...rest, topology: createTopology(topology) });
}
