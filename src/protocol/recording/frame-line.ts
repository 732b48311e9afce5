import { isJsonObject } from "#base/json.ts";
import { ok, type Result } from "#base/result.ts";

import { decodeDelta, encodeDelta } from "../delta-message.ts";
import { malformed, type Malformed } from "../malformed.ts";
import { readSnapshotBody, snapshotBody } from "../snapshot-message.ts";
import type { Stored } from "./recorded-frame.ts";

/**
 * One frame as one line of JSON, as it stands in logs, chunks and clips (docs/recording-format.md):
 *
 *   {"seq":1,"key":{…}}              everything; the body of a snapshot message
 *   {"seq":5,"lost":3,"key":{…}}     the same after three frames that could not be stored
 *   {"seq":2,"delta":{…}}            what changed since frame seq - 1; a delta message
 */
export function frameLine({ seq, frame }: Stored): string {
  if (frame.kind === "delta")
    return `{"seq":${seq},"delta":${JSON.stringify(encodeDelta(frame.delta, seq, seq - 1))}}`;
  const lost = frame.lost === undefined ? "" : `"lost":${frame.lost},`;
  return `{"seq":${seq},${lost}"key":${snapshotBody(frame.snapshot)}}`;
}

/** Reads a line, whoever has written it. */
export function readFrameLine(line: string): Result<Stored, Malformed> {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return malformed("frame", "a line of JSON is needed");
  }
  return readFrameRecord(raw);
}

/** The same for a line that has been parsed. */
export function readFrameRecord(raw: unknown): Result<Stored, Malformed> {
  if (!isJsonObject(raw)) return malformed("frame", "an object is needed");
  const { seq, lost, key, delta } = raw;
  if (!isCount(seq, 1)) return malformed("frame", "seq: a whole number from 1 is needed");
  if (lost !== undefined && !isCount(lost, 1))
    return malformed("frame", "lost: a whole number from 1 is needed");
  if (key !== undefined) {
    const snapshot = readSnapshotBody(key);
    if (!snapshot.ok) return snapshot;
    return ok({
      seq,
      frame: { kind: "key", snapshot: snapshot.value, ...(lost === undefined ? {} : { lost }) },
    });
  }
  if (delta === undefined) return malformed("frame", "key or delta is needed");
  const decoded = decodeDelta(delta);
  if (!decoded.ok) return decoded;
  if (decoded.value.seq !== seq || decoded.value.base !== seq - 1 || lost !== undefined) {
    return malformed("frame", `delta: one from ${seq - 1} to ${seq} is needed`);
  }
  return ok({ seq, frame: { kind: "delta", delta: decoded.value.delta } });
}

function isCount(raw: unknown, least: number): raw is number {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw >= least;
}
