import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";

/** waiting: nothing has come yet. ok. stale: nothing has come for too long. failed: it could not go on, and is tried again. */
export const sourceStates = ["waiting", "ok", "stale", "failed"] as const;
export type FeedSourceState = (typeof sourceStates)[number];

/** How one of the systems is that a feed's traffic comes from. */
export interface FeedSource {
  /** Unique in its feed. */
  readonly name: string;
  /** "prometheus", "otlp" ... */
  readonly kind: string;
  readonly state: FeedSourceState;
  /** The moment that its newest data are about, by the server's clock. */
  readonly at: Millis | undefined;
  readonly windowMs: number | undefined;
  /** Share of the traffic that it observes, 0 to 1; undefined: all, or not known. */
  readonly sampling: number | undefined;
  /** Why it failed last, as a sentence. */
  readonly error: string | undefined;
  readonly edges: number;
  readonly problems: number;
  /** What it counts, by name: "spans paired", "answers" ... */
  readonly counts: readonly (readonly [name: string, count: number])[];
}

/** The sources of feeds, as somebody who runs them tells it. Errors are sentences for people. */
export interface FeedSources {
  /** In the order in which they are believed. */
  list(feed: string): Promise<Result<readonly FeedSource[], string>>;
  /** From now on this token goes with every question. */
  authorize?(token: string): void;
}
