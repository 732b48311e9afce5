import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";

import type { Notice, NoticeSeverity } from "../notice.ts";
import { createSnapshot, type TrafficSnapshot } from "../snapshot.ts";
import type { NodeIndex } from "../topology.ts";
import { nodeVolumes } from "../volume.ts";
import { Baseline } from "./baseline.ts";
import { measureNode, subjectsOf, type Subject } from "./threshold-subjects.ts";

/** What is too much, or too little. Shares are 0 to 1. */
export type Limit =
  | { readonly kind: "errors"; readonly share: number }
  | { readonly kind: "latency"; readonly quantile: "p50" | "p95" | "p99"; readonly ms: number }
  /** Less than so much of the usual, which is the mean of about the last `overMs`. */
  | { readonly kind: "volumeDrop"; readonly share: number; readonly overMs: number };

export interface Threshold {
  readonly title: string;
  /** Patterns of names, in which * stands for anything. Undefined: any region. */
  readonly region: string | undefined;
  /** Undefined: the regions themselves are watched, not their services. */
  readonly service: string | undefined;
  readonly limit: Limit;
  /** It has to be exceeded for so long. */
  readonly forMs: number;
  /** Where less flows, requests per second, nothing is said of errors and latency: one failure of two calls is no half. */
  readonly leastVolume: number;
  readonly severity: NoticeSeverity;
}

/** What fires stays until it is below so much of the limit: what hovers about the limit does not come and go. */
const clearShare = 0.9;

/** A node that is gone counts as silent for so long; after that it is no longer expected. */
const expectedMs = 900_000;

interface Watched {
  readonly threshold: Threshold;
  readonly subject: Omit<Subject, "node">;
  readonly baseline: Baseline | undefined;
  /** Since when the limit is exceeded. */
  since: Millis | undefined;
  isFiring: boolean;
  seenAt: Millis;
}

/** Watches a feed's frames for what is beyond its limits; says so in notices, and takes them away with a little patience. */
export class ThresholdWatch {
  readonly #thresholds: readonly Patterns[];
  /** By threshold, then by the path of the node. */
  readonly #watched: Map<string, Watched>[];

  constructor(thresholds: readonly Threshold[]) {
    this.#thresholds = thresholds.map((threshold) => ({
      threshold,
      region: patternOf(threshold.region),
      service: patternOf(threshold.service),
    }));
    this.#watched = thresholds.map(() => new Map<string, Watched>());
  }

  /** The snapshot with notices where limits are exceeded. Moments must ascend. */
  apply(snapshot: TrafficSnapshot): TrafficSnapshot {
    if (this.#thresholds.length === 0) return snapshot;
    const { through } = nodeVolumes(snapshot);
    const subjects = subjectsOf(snapshot.topology);
    const notices: Notice[] = [];
    this.#thresholds.forEach((patterns, index) => {
      const watched = must(this.#watched[index]);
      const { threshold } = patterns;
      for (const subject of subjects) {
        if (!isMeant(patterns, subject)) continue;
        const one = entry(watched, threshold, subject, snapshot.at);
        one.seenAt = snapshot.at;
        const measure = measureNode(snapshot, through, subject.node);
        if (isFiring(one, measure, snapshot.at)) notices.push(noticeOf(threshold, subject.node, ""));
      }
      notices.push(...this.#missing(watched, subjects, snapshot.at));
    });
    return notices.length === 0
      ? snapshot
      : createSnapshot({ ...snapshot, notices: [...snapshot.notices, ...notices] });
  }

  /** A service that has fallen silent altogether is not in the picture: its region says so. */
  #missing(watched: Map<string, Watched>, subjects: readonly Subject[], at: Millis): readonly Notice[] {
    const notices: Notice[] = [];
    for (const [key, one] of watched) {
      if (one.seenAt === at) continue;
      const { subject, threshold } = one;
      if (at - one.seenAt > expectedMs || threshold.limit.kind !== "volumeDrop") {
        watched.delete(key);
        continue;
      }
      if (!isFiring(one, { volume: 0, errors: 0, latency: () => NaN }, at)) continue;
      const region = subjects.find(
        ({ region: name, service }) => service === undefined && name === subject.region,
      );
      notices.push(noticeOf(threshold, region?.node ?? 0, ` (${subject.service ?? subject.region ?? ""})`));
    }
    return notices;
  }
}

function entry(watched: Map<string, Watched>, threshold: Threshold, subject: Subject, at: Millis): Watched {
  const known = watched.get(subject.key);
  if (known !== undefined) return known;
  const { limit } = threshold;
  const { node: _, ...rest } = subject;
  const baseline = limit.kind === "volumeDrop" ? new Baseline(limit.overMs) : undefined;
  const made = { threshold, subject: rest, baseline, since: undefined, isFiring: false, seenAt: at };
  watched.set(subject.key, made);
  return made;
}

type Measure = ReturnType<typeof measureNode>;

function isFiring(one: Watched, measure: Measure, at: Millis): boolean {
  const excess = excessOf(one, measure);
  one.baseline?.add(at, measure.volume, one.isFiring || excess > 1);
  if (one.isFiring) {
    if (excess < clearShare) one.isFiring = false;
    return one.isFiring;
  }
  if (!(excess > 1)) {
    one.since = undefined;
    return false;
  }
  one.since ??= at;
  one.isFiring = at - one.since >= one.threshold.forMs;
  return one.isFiring;
}

/** How much of the limit is reached: above 1 it is exceeded. 0 where nothing can be said. */
function excessOf({ threshold, baseline }: Watched, { volume, errors, latency }: Measure): number {
  const { limit, leastVolume } = threshold;
  switch (limit.kind) {
    case "errors":
      return volume < leastVolume ? 0 : errors / volume / limit.share;
    case "latency": {
      const ms = latency(limit.quantile);
      return volume < leastVolume || Number.isNaN(ms) ? 0 : ms / limit.ms;
    }
    case "volumeDrop": {
      const usual = baseline?.usual ?? NaN;
      return usual >= leastVolume ? (1 - volume / usual) / limit.share : 0;
    }
  }
}

interface Patterns {
  readonly threshold: Threshold;
  readonly region: RegExp | undefined;
  readonly service: RegExp | undefined;
}

function isMeant({ region, service }: Patterns, subject: Subject): boolean {
  if ((service === undefined) !== (subject.service === undefined)) return false;
  if (region?.test(subject.region ?? "") === false) return false;
  return service === undefined || subject.names.some((name) => service.test(name));
}

function patternOf(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined) return undefined;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

function noticeOf({ title, severity }: Threshold, node: NodeIndex, suffix: string): Notice {
  return { target: { kind: "node", node }, title: `${title}${suffix}`, severity };
}
