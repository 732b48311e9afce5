import { hashText } from "#base/random.ts";

import type { DrillEvent } from "../session/drill-session.ts";

/** What can stand in the log; the page has a text for each. */
export const eventKinds = [
  "drill.started",
  "region.failed",
  "exercise.started",
  "failover.started",
  "instances.requested",
  "instances.provisioned",
  "instances.starting",
  "instances.up",
  "ungating.started",
  "ungating.finished",
  "proxying.started",
  "proxying.complete",
  "dns.flipped",
  "drain.step",
  "region.evacuated",
  "region.overloaded",
  "region.recovered",
  "failback.started",
  "restore.step",
  "region.restored",
] as const;

export type EventKind = (typeof eventKinds)[number];

/** Append-only. */
export class EventLog {
  readonly entries: DrillEvent[] = [];
  #hash = hashText("events");

  /** Notes an event and returns its number. */
  add(
    kind: EventKind,
    atMs: number,
    target: readonly string[],
    data: Readonly<Record<string, number>>,
    cause?: number,
  ): number {
    const seq = this.entries.length;
    const event: DrillEvent = { seq, atMs, kind, target, data, ...(cause === undefined ? {} : { cause }) };
    this.entries.push(event);
    // A number's shortest text is the same in every engine, as is the order of an object's keys.
    this.#hash = hashText(JSON.stringify(event), this.#hash);
    return seq;
  }

  /** Equal for equal logs. */
  get hash(): number {
    return this.#hash;
  }
}
