import type { EvacuationPolicy } from "./evacuation-policy.ts";

/** What is to be simulated. Plain data: it goes into links, files and messages as JSON. */
export interface DrillPlan {
  /** Name of the region that goes; a child of the root. */
  readonly victim: string;
  /** Names of the regions that take over; empty stands for all others. */
  readonly saviours: readonly string[];
  readonly split: Split;
  readonly policy: EvacuationPolicy;
  /** Capacity is this many times the recent peak: 1 takes the peak for the limit, which is the careful assumption. 0.5 to 3. */
  readonly capacityFactor: number;
  /** Whether what starts inside the region without a user (timers, streams, batches) moves with the users. */
  readonly internalTraffic: "follows" | "stays";
  readonly failure: RegionFailure;
  readonly clients: ClientBehaviour;
  /** How long the world goes on as it is before the failure. Seconds. */
  readonly leadInS: number;
  /** Life time of DNS answers. Seconds. */
  readonly ttlS: number;
  readonly seed: number;
}

/** By what rule the victim's traffic is divided among the saviours. */
export type Split =
  /** In proportion to what each can still take: capacity less present volume. */
  | { readonly kind: "headroom" }
  /** In proportion to what each carries now. */
  | { readonly kind: "current-share" }
  /** As somebody has set the sliders: shares by region; they are scaled to add up to 1. */
  | { readonly kind: "manual"; readonly shares: Readonly<Record<string, number>> };

/** What is wrong in the victim from second 0 on. Both 0: a healthy region is evacuated, as an exercise. */
export interface RegionFailure {
  /** Share of its capacity that is gone, 0 to 1. */
  readonly capacityLoss: number;
  /** Share of the requests served there that fail, 0 to 1. */
  readonly errorShare: number;
}

/** How callers act when an answer is late. */
export interface ClientBehaviour {
  readonly timeoutS: number;
  /** Further tries after the first. */
  readonly retries: number;
  /** Retries as a share of the calls, at most; undefined: as many as they like, which is how storms begin. */
  readonly retryBudget: number | undefined;
  /** Greatest queue in front of a service, in seconds of its capacity. */
  readonly queueS: number;
}

/** Default values, as in the model's table: timeout 1 s, one retry within a budget of 10 %, half a second of queue, TTL 60 s. */
export const defaultClients: ClientBehaviour = { timeoutS: 1, retries: 1, retryBudget: 0.1, queueS: 0.5 };

/** Something a person may do while a drill runs; part of what makes a run the same again. */
export interface DrillCommand {
  /** When, in simulated milliseconds since the failure. */
  readonly atMs: number;
  readonly kind: "fail-back";
}
