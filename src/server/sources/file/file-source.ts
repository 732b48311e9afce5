import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";

import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { drawTraffic } from "#formats/observed/parse-traffic.ts";

import { pause } from "../../feed/run-source.ts";
import type { Emit, TrafficSource } from "../traffic-source.ts";
import { jitter } from "./jitter.ts";
import { problemNotices } from "./problem-notices.ts";

export interface FileOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly seed: number;
  readonly intervalMs: number;
  /** Share by which numbers wander around those of the file; 0: they stand still. */
  readonly jitter: number;
}

/** Times of last observation move on in steps, so that they do not change with every frame. */
const observedStepMs = 10_000;

/** What was read last that could be drawn. */
interface Reading {
  readonly trafficAt: (elapsedMs: Millis) => TrafficSnapshot;
  readonly problems: readonly Diagnostic[];
}

interface FileState {
  /** Time of change and size: what tells one version of the file from the next. */
  readonly version: string;
  readonly outcome: Result<Reading, string>;
}

/**
 * Plays a file in any format that Spillway reads as a live feed and reads it again whenever it changes. A version that cannot be drawn is told of, and the
 * last good one stays. The error is a sentence: a file of which nothing can be drawn to begin with is a mistake of whoever named it.
 */
export async function openFileSource(options: FileOptions): Promise<Result<TrafficSource, string>> {
  const { path, clock, intervalMs } = options;
  let state = await readVersion(options, undefined);
  if (!state.outcome.ok) return err(`${path} cannot be played. ${state.outcome.error}`);
  let good = state.outcome.value;
  return ok({
    title: basename(path),
    intervalMs,
    isMadeUp: false,
    async run(emit: Emit, signal: AbortSignal): Promise<void> {
      const startedAt = clock.now();
      for (let at = startedAt; !signal.aborted; at = clock.now()) {
        state = await readVersion(options, state);
        if (state.outcome.ok) good = state.outcome.value;
        const failure = state.outcome.ok ? [] : [unreadable(path, state.outcome.error)];
        emit(playedAt(good.trafficAt(at - startedAt), at), [...failure, ...good.problems]);
        await pause(clock, intervalMs - (clock.now() - at), signal);
      }
    },
  });
}

/** The file as it is now, or `before` when it has not changed since. */
async function readVersion(options: FileOptions, before: FileState | undefined): Promise<FileState> {
  const { path, clock } = options;
  try {
    const { mtimeMs, size } = await stat(path);
    const version = `${mtimeMs} ${size}`;
    if (version === before?.version) return before;
    const outcome = read(await readFile(path, "utf8"), options, clock.now());
    return { version, outcome };
  } catch (error: unknown) {
    // Editors replace a file by removing it first: it may be back at the next look.
    return { version: "unreadable", outcome: err(whyUnreadable(error)) };
  }
}

function read(text: string, options: FileOptions, now: Millis): Result<Reading, string> {
  const parsed = drawTraffic(text, basename(options.path), {
    vizceral: { now, windowMs: options.intervalMs, times: "as-if-now" },
    observation: { now, regions: noRegionRule, statuses: {} },
  });
  if (!parsed.ok) return err(parsed.error.message);
  const { snapshot, diagnostics } = parsed.value;
  // Played as a live feed, the newest node is as old as the feed: only what is older than that is stale.
  const problems = diagnostics.filter(({ kind, place }) => kind !== "note" || !/\bupdated$/.test(place));
  const notices = [...snapshot.notices, ...problemNotices(problems, snapshot.topology)];
  const base = createSnapshot({ ...snapshot, notices });
  return ok({ trafficAt: jitter(base, options.jitter, options.seed), problems });
}

/** The same traffic, as if it were observed at `at`: the node that was heard of last was heard of now. */
function playedAt(snapshot: TrafficSnapshot, at: Millis): TrafficSnapshot {
  const played = createSnapshot({ ...snapshot, at, values: snapshot.values.slice() });
  let newest = -Infinity;
  for (const time of played.observedAt) if (time > newest) newest = time;
  const shift = Math.floor(at / observedStepMs) * observedStepMs - newest;
  played.observedAt.forEach((time, node) => {
    played.observedAt[node] = time + shift;
  });
  return played;
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    kind: "dropped",
    place: path,
    found: why,
    done: "kept playing the version before; mend the file and it is read again",
  };
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "There is no such file.";
  if (code === "EISDIR") return "It is a folder, not a file.";
  if (code === "EACCES") return "This user may not read it.";
  return error instanceof Error ? error.message : String(error);
}
