import * as z from "zod";

import type { SourceReport } from "#domain/observed/merge-reports.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { number, time } from "../../config/values.ts";
import type { PartKind, PartOptions, Report, SourcePart } from "../parts/source-part.ts";

export interface PushConfig {
  /** So long after the last push its part of the picture counts as old. */
  readonly staleAfterMs: number;
  /** Pushes per second from one address, on average. */
  readonly perSecond: number;
}

export const pushSchema = z
  .strictObject({
    staleAfter: time(1_000, 20 * 86_400_000).default(120_000),
    rate: number(0.1, 1_000, false).default(20),
  })
  .transform(({ staleAfter, rate }): PushConfig => ({ staleAfterMs: staleAfter, perSecond: rate }));

/** Traffic that somebody sends: `POST /api/feeds/FEED/frames`. */
export const pushKind: PartKind<PushConfig> = {
  schema: pushSchema,
  open: (config, options) => new PushPart(config, options),
};

/** What was pushed last. Pushes are taken one after the other, so that each is in a frame before the next comes. */
export class PushPart implements SourcePart {
  readonly kind = "push";
  readonly isUnpaced = true;
  readonly name: string;
  readonly staleAfterMs: number;
  readonly perSecond: number;
  /** How long the window is that pushed rates are averaged over, where they do not say. */
  readonly windowMs: number;
  readonly #counts = { pushes: 0, refused: 0 };
  #report: Report | undefined;
  #newest: TrafficSnapshot | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ staleAfterMs, perSecond }: PushConfig, { name, intervalMs }: PartOptions) {
    this.name = name;
    this.staleAfterMs = staleAfterMs;
    this.perSecond = perSecond;
    this.windowMs = intervalMs;
  }

  /** What a patch is applied to. */
  get newest(): TrafficSnapshot | undefined {
    return this.#newest;
  }

  counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  run(report: Report, signal: AbortSignal): Promise<void> {
    this.#report = report;
    return new Promise((resolve) => {
      const end = (): void => {
        this.#report = undefined;
        resolve();
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    });
  }

  /** Does the work when all that was asked for before is done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** False while the feed does not run. */
  take(report: Extract<SourceReport, { readonly kind: "snapshot" }>): boolean {
    if (this.#report === undefined) return false;
    this.#newest = report.snapshot;
    this.#counts.pushes += 1;
    this.#report(report);
    return true;
  }

  refuse(): void {
    this.#counts.refused += 1;
  }
}
