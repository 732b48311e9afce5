import { must } from "#base/assert.ts";
import { ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { valuesAt, type SnapshotDelta } from "#domain/delta.ts";
import type { DrillInfo } from "#domain/drill-info.ts";
import type { Notice } from "#domain/notice.ts";

import { readDrillInfo } from "./drill-info-wire.ts";
import { finite, GuardError, list, record, refuse, whole } from "./guard.ts";
import { malformed, type Malformed } from "./malformed.ts";
import { encodePatch, readPatch, type WirePatch } from "./patch-wire.ts";
import { greatestSlots } from "./snapshot-message.ts";
import { readNotices } from "./topology-wire.ts";

/**
 * What changed between the frames `base` and `seq`. The changed slots are told as runs: `runs` holds [first slot, count] pairs in ascending
 * order, and `values` one number for each slot of all runs, null where nothing is known. Measured with 5,000 edges of 3 classes, all changed:
 * 117 kB, 0.50 ms to decode; as a list of slots beside a list of values 196 kB, 0.68 ms (docs/decisions/0003).
 */
export interface DeltaMessage {
  readonly seq: number;
  readonly base: number;
  readonly t: Millis;
  readonly window: number;
  readonly runs: readonly number[];
  readonly values: readonly (number | null)[];
  readonly notices?: readonly Notice[];
  /** The mark of a simulated frame when it changed; null: this frame is measured, the one before was not. */
  readonly simulated?: DrillInfo | null;
  readonly patch?: WirePatch;
  /** The frame is not in the log: nobody will be able to replay it. */
  readonly unrecorded?: true;
}

export interface DecodedDelta {
  readonly seq: number;
  readonly base: number;
  readonly delta: SnapshotDelta;
  /** False: the frame is not in the log. */
  readonly isRecorded: boolean;
}

/**
 * `values` are those of the frame that the delta leads to. Where they are given, a few unchanged slots between two changed ones are sent along, because
 * they take less than a new run: 19 % on the sample graph, where most edges have no warnings between their normal and failed requests.
 */
export function encodeDelta(
  delta: SnapshotDelta,
  seq: number,
  base: number,
  values?: Float64Array,
): DeltaMessage {
  const index = values === undefined ? delta.index : bridged(delta.index, values);
  return {
    seq,
    base,
    t: delta.at,
    window: delta.windowMs,
    runs: runsOf(index),
    // JSON writes NaN as null by itself; a list without nulls in it stays a packed one until then.
    values: Array.from(index === delta.index ? delta.value : valuesAt(must(values), index)),
    ...(delta.notices === undefined ? {} : { notices: delta.notices }),
    ...(delta.simulated === undefined
      ? {}
      : { simulated: delta.simulated === "measured" ? null : delta.simulated }),
    ...(delta.patch === undefined ? {} : { patch: encodePatch(delta.patch) }),
  };
}

export function decodeDelta(raw: unknown): Result<DecodedDelta, Malformed> {
  try {
    return ok(readDelta(record(raw, "delta")));
  } catch (error: unknown) {
    if (error instanceof GuardError) return malformed("delta", error.message);
    throw error;
  }
}

function readDelta(from: Record<string, unknown>): DecodedDelta {
  const values = list(from["values"], greatestSlots, "values");
  const { notices, simulated, patch } = from;
  return {
    seq: whole(from["seq"], 0, Number.MAX_SAFE_INTEGER, "seq"),
    base: whole(from["base"], 0, Number.MAX_SAFE_INTEGER, "base"),
    isRecorded: from["unrecorded"] !== true,
    delta: {
      at: finite(from["t"], "t"),
      windowMs: finite(from["window"], "window"),
      index: readRuns(list(from["runs"], 2 * values.length, "runs"), values.length),
      value: readValues(values),
      ...(notices === undefined ? {} : { notices: readNotices(notices, "notices") }),
      ...(simulated === undefined
        ? {}
        : { simulated: simulated === null ? "measured" : readDrillInfo(simulated, "simulated") }),
      ...(patch === undefined ? {} : { patch: readPatch(patch, "patch") }),
    },
  };
}

/** A run takes about 6 bytes, an unchanged 0 two and an unchanged unknown five. */
const greatestBridge = 2;

function bridged(index: Uint32Array, values: Float64Array): Uint32Array {
  const wide: number[] = [];
  for (let i = 0; i < index.length; i += 1) {
    const slot = index[i]!;
    const before = i === 0 ? slot : index[i - 1]! + 1;
    const isNear =
      slot - before <= greatestBridge && values.subarray(before, slot).every((value) => value === 0);
    for (let between = isNear ? before : slot; between <= slot; between += 1) wide.push(between);
  }
  return Uint32Array.from(wide);
}

function runsOf(index: Uint32Array): number[] {
  const runs: number[] = [];
  let start = 0;
  for (let i = 1; i <= index.length; i += 1) {
    if (i < index.length && index[i] === index[i - 1]! + 1) continue;
    runs.push(index[start]!, i - start);
    start = i;
  }
  return runs;
}

function readRuns(runs: readonly unknown[], count: number): Uint32Array {
  const index = new Uint32Array(count);
  let filled = 0;
  let next = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const first = runs[i];
    const length = runs[i + 1];
    // Written out, not by guards: the loop runs for every changed slot, once a second, on the page's main thread.
    if (typeof first !== "number" || !Number.isInteger(first) || first < next || first > greatestSlots) {
      return refuse(`runs[${i}]`, "a slot after those before it");
    }
    if (typeof length !== "number" || !Number.isInteger(length) || length < 1 || filled + length > count) {
      return refuse(`runs[${i + 1}]`, "a count that fits the values");
    }
    next = first + length;
    for (let slot = first; slot < next; slot += 1) {
      index[filled] = slot;
      filled += 1;
    }
  }
  return filled === count ? index : refuse("values", "as many values as the runs have slots");
}

function readValues(raw: readonly unknown[]): Float64Array {
  const values = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) {
    const value = raw[i];
    if (typeof value === "number") values[i] = value;
    else if (value === null) values[i] = NaN;
    else return refuse(`values[${i}]`, "a number or null");
  }
  return values;
}
