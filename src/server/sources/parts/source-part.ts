import type * as z from "zod";

import type { Clock, Millis } from "#base/time.ts";
import type { StatusRules } from "#domain/observed/classify.ts";
import type { SourceReport } from "#domain/observed/merge-reports.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { RegionRule } from "#domain/observed/region-rule.ts";

/** What a part of a feed has to say. The newest takes the place of the one before. */
export type Report = (report: SourceReport) => void;

/** One of the systems that a feed's traffic comes from: a Prometheus, an OTLP receiver, a polled address, what is pushed. */
export interface SourcePart {
  /** Unique in its feed; shown in the sources panel and kept as the provenance of its edges. */
  readonly name: string;
  /** "prometheus", "otlp" ... */
  readonly kind: string;
  /** How long after its last report it counts as stale. */
  readonly staleAfterMs: number;
  /**
   * It reports whenever somebody sends something, at no pace of its own. Its feed shows a frame at the server's interval, whether anything has come or not: viewers follow
   * one interval behind, and see at once what was sent.
   */
  readonly isUnpaced?: boolean;
  /**
   * Reports until the signal aborts, then resolves soon.
   * @throws when it cannot go on; it is run again after a while, and people are told. What it reported before stays, and turns stale.
   */
  run(report: Report, signal: AbortSignal): Promise<void>;
  /** What it counts: "spans paired", "series read" ...: name and number, shown as they are and exported as metrics. */
  counts?(): Readonly<Record<string, number>>;
  /** Share of the traffic that it observes, 0 to 1; undefined: all, or not known. */
  sampling?(): number | undefined;
  /** The past, by observations in ascending order; for parts that can be asked for it. */
  past?(ask: PastAsk): AsyncIterable<Observation>;
}

export interface PastAsk {
  readonly from: Millis;
  readonly to: Millis;
  readonly stepMs: number;
  readonly signal: AbortSignal;
}

/** How a part is, for the sources panel and the metrics. */
export interface SourceStatus {
  readonly name: string;
  readonly kind: string;
  /** waiting: nothing has come yet. ok. stale: nothing has come for too long. failed: it threw and is tried again. */
  readonly state: "waiting" | "ok" | "stale" | "failed";
  /** The moment that its newest data are about. */
  readonly at: Millis | undefined;
  readonly windowMs: number | undefined;
  readonly sampling: number | undefined;
  /** Why it failed last, as a sentence; gone when it is well again. */
  readonly error: string | undefined;
  readonly edges: number;
  readonly problems: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** What every part is opened with, beside its own settings. */
export interface PartOptions {
  readonly name: string;
  readonly clock: Clock;
  /** How often the feed shows a frame. */
  readonly intervalMs: number;
  readonly regions: RegionRule;
  readonly statuses: StatusRules;
}

/** A kind of part: how its settings are written in the config file, and how it is opened. Every kind stands in `part-kinds.ts`. */
export interface PartKind<C> {
  /** A strict object: an unknown key is a mistake. Messages are for whoever wrote the file. */
  readonly schema: z.ZodType<C>;
  open(config: C, options: PartOptions): SourcePart;
}
