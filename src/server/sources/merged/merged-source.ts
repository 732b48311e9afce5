import type { Dispose } from "#base/disposer.ts";
import type { Random } from "#base/random.ts";
import { atOnce, inTurns, type Slices } from "#base/slices.ts";
import type { Clock, Millis } from "#base/time.ts";
import { mergeInSlices, type Merged, type MergeInput } from "#domain/observed/merge-reports.ts";
import type { ObservedCapacity } from "#domain/observed/observation.ts";
import type { RecordedPeaks } from "#domain/observed/place-capacities.ts";
import type { Topology } from "#domain/topology.ts";

import { pause } from "../../feed/run-source.ts";
import type { SourcePart, SourceStatus } from "../parts/source-part.ts";
import type { Emit, TrafficSource } from "../traffic-source.ts";
import { RunningPart } from "./running-part.ts";

export interface MergedOptions {
  readonly title: string;
  /** In the order in which they are believed. */
  readonly parts: readonly SourcePart[];
  readonly clock: Clock;
  readonly random: Random;
  /** How often a frame is shown where a part has no pace of its own; 1,000 unless given. */
  readonly intervalMs?: number;
  /** What is known of capacities beside what the parts say; asked for at each frame. */
  readonly capacities?: () => readonly ObservedCapacity[];
  /** What was borne of late; asked for at each frame. */
  readonly peaks?: () => RecordedPeaks | undefined;
  /** What is laid over the merged graph before it is shown: alerts, thresholds. */
  readonly finish?: (merged: Merged) => Merged;
}

/** A feed out of several systems, with how each of them is. */
export interface MergedSource extends TrafficSource {
  status(): readonly SourceStatus[];
  /** Shows at once what is known now; resolves to the moment of the frame. For whoever has to know when what it said is shown. */
  show(): Millis;
}

/** Reports that come this close together are one frame. */
const gatherMs = 20;

/** Fewer edges are merged in one go: that takes less than 20 ms. */
const edgesInOneGo = 1_000;

/**
 * Runs several parts at once and emits one graph whenever one of them reports or turns stale. A part that fails is tried again and stops none of the others; what
 * it said last stays, as old as it is.
 */
export function mergedSource(options: MergedOptions): MergedSource {
  const { title, parts, clock, random, capacities = () => [], finish = (merged) => merged } = options;
  const { peaks = () => undefined } = options;
  const running = parts.map((part) => new RunningPart(part, clock, random));
  const staleAfterMs = Math.min(...parts.map((part) => part.staleAfterMs));
  const isUnpaced = parts.some((part) => part.isUnpaced === true);
  const intervalMs = isUnpaced ? (options.intervalMs ?? 1_000) : Math.max(100, Math.round(staleAfterMs / 3));
  let emitTo: Emit | undefined;
  let before: Topology | undefined;
  let last: Millis = -Infinity;
  /** Something was said that is not shown yet. */
  let isDue = false;
  let wake: (() => void) | undefined;
  let cancelBeat: Dispose | undefined;

  function changed(): void {
    isDue = true;
    wake?.();
  }

  /** What there is to merge now, as work and the moment that its frame will have. */
  function merging(): { readonly at: Millis; readonly work: Slices<Merged> | undefined } {
    const inputs = running.flatMap((part): MergeInput[] => {
      const { report } = part;
      return report === undefined ? [] : [{ source: part.name, report, isStale: part.isStale }];
    });
    const at = Math.max(clock.now(), last + 1);
    const known = peaks();
    const work = mergeInSlices(inputs, {
      at,
      title,
      before,
      capacities: capacities(),
      ...(known === undefined ? {} : { peaks: known }),
    });
    return { at, work: inputs.length === 0 ? undefined : work };
  }

  function emit(at: Millis, merged: Merged): void {
    const shown = finish(merged);
    last = at;
    before = shown.snapshot.topology;
    const failures = running.flatMap((part) => part.problems());
    emitTo?.(shown.snapshot, [...failures, ...shown.problems]);
    if (!isUnpaced || emitTo === undefined) return;
    cancelBeat?.();
    cancelBeat = clock.after(intervalMs, changed);
  }

  function show(): Millis {
    isDue = false;
    const { at, work } = merging();
    if (work !== undefined) emit(at, atOnce(work));
    return at;
  }

  async function showInTurns(): Promise<void> {
    const edges = running.reduce((sum, part) => sum + part.status().edges, 0);
    if (edges < edgesInOneGo) {
      show();
      return;
    }
    const { at, work } = merging();
    if (work === undefined) return;
    const merged = await inTurns(work, () => new Promise((resolve) => void setImmediate(resolve)));
    // Somebody could not wait, and has shown more than this meanwhile.
    if (at > last) emit(at, merged);
  }

  return {
    title,
    intervalMs,
    isMadeUp: false,
    status: () => running.map((part) => part.status()),
    health: () => ({
      count: running.length,
      silent: running.filter((part) => part.isSilent).length,
    }),
    show,
    async run(emitFrame: Emit, signal: AbortSignal): Promise<void> {
      emitTo = emitFrame;
      signal.addEventListener("abort", changed, { once: true });
      const ended = running.map((part) => part.run(changed, signal));
      while (!signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (isDue) resolve();
        });
        await pause(clock, gatherMs, signal);
        // Somebody could not wait, and has shown it.
        if (!isDue) continue;
        isDue = false;
        if (!signal.aborted) await showInTurns();
      }
      cancelBeat?.();
      await Promise.all(ended);
      emitTo = undefined;
    },
  };
}
