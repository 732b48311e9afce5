import { isJsonObject } from "#base/json.ts";
import { isDeeperThan } from "#base/json-depth.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { mergePatch } from "#formats/vizceral/merge-patch.ts";
import { parseJson } from "#formats/vizceral/parse-json.ts";
import { readVizceral } from "#formats/vizceral/read-vizceral.ts";
import { writeVizceral } from "#formats/vizceral/write-vizceral.ts";
import { readFrameRecord } from "#protocol/recording/frame-line.ts";

/** What may be pushed: a whole graph, a patch of the one before, a frame as it stands in a recording. */
export const pushTypes = {
  whole: "application/json",
  patch: "application/merge-patch+json",
  frame: "application/vnd.spillway.frame+json",
} as const;

export type PushType = (typeof pushTypes)[keyof typeof pushTypes];

export interface Pushed {
  readonly snapshot: TrafficSnapshot;
  readonly problems: readonly Diagnostic[];
}

/** Why a push is refused, with the place of the fault where there is one. */
export interface PushFault {
  readonly status: 400 | 409 | 413;
  readonly message: string;
  /** Both count from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: string;
}

export interface PushReading {
  readonly type: PushType;
  /** Unpacked. */
  readonly body: Buffer;
  readonly now: Millis;
  readonly windowMs: number;
  /** What was pushed before, for a patch. */
  readonly before: TrafficSnapshot | undefined;
}

/** Regions with services with instances with their metadata, and some: nothing that anybody writes is deeper. */
const deepest = 128;

/** Reads what was pushed. Whatever it is, nothing here throws. */
export function readPush({ type, body, now, windowMs, before }: PushReading): Result<Pushed, PushFault> {
  const input = jsonOf(body);
  if (!input.ok) return input;
  const options = { now, windowMs };
  switch (type) {
    case pushTypes.whole:
      return readGraph(input.value, options);
    case pushTypes.frame:
      return readFrame(input.value);
    case pushTypes.patch: {
      if (before === undefined) {
        return err({
          status: 409,
          message:
            "Nothing has been pushed that could be patched, or the server has started anew. Push a whole graph first.",
        });
      }
      if (!isJsonObject(input.value)) return err(fault("A merge patch is an object."));
      // The moment of the graph before is not that of the patch; it may name one of its own.
      const { serverUpdateTime: _, ...base } = writeVizceral(before);
      return readGraph(mergePatch(base, input.value), options);
    }
  }
}

function jsonOf(body: Buffer): Result<unknown, PushFault> {
  if (isDeeperThan(deepest, body)) return err(fault(`The body nests deeper than ${deepest} levels.`));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return err(fault("The body is not UTF-8. JSON is sent as UTF-8."));
  }
  const input = parseJson(text);
  if (input.ok) return input;
  const { message, line, column, excerpt } = input.error;
  return err({ status: 400, message, line, column, excerpt });
}

function readGraph(
  input: unknown,
  options: { readonly now: Millis; readonly windowMs: number },
): Result<Pushed, PushFault> {
  const read = readVizceral(input, options);
  if (read.ok) return ok({ snapshot: read.value.snapshot, problems: read.value.diagnostics });
  const { kind, message } = read.error;
  return err(kind === "too-large" ? { status: 413, message } : fault(message));
}

function readFrame(input: unknown): Result<Pushed, PushFault> {
  const read = readFrameRecord(input);
  if (!read.ok) return err(fault(`This is no frame of a recording: ${read.error.what}.`));
  const { frame } = read.value;
  if (frame.kind === "delta") {
    return err(fault('A frame that is whole ("key") is needed: what a delta changes is not known here.'));
  }
  if (frame.snapshot.simulated !== undefined) {
    return err(fault("The frame is a simulation's. A feed holds only what happened."));
  }
  return ok({ snapshot: frame.snapshot, problems: [] });
}

function fault(message: string): PushFault {
  return { status: 400, message };
}
