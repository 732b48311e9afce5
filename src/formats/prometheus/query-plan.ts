import type { StatusRules } from "#domain/observed/classify.ts";
import type { RegionRule } from "#domain/observed/region-rule.ts";

import type { Sample } from "./sample.ts";
import type { TrafficBook } from "./traffic-book.ts";

/** One query of a plan, and how its answer is read. */
export interface PlannedQuery {
  /** What it asks for, in a word or two; unique in its plan. For people, in what is odd. */
  readonly name: string;
  readonly promql: string;
  /** Whether its answer may be empty without anything being wrong: many a metric exists only where there is something to tell. */
  readonly isOptional: boolean;
  /** Books what one series says. A series that cannot be used is told as an oddity of the book. */
  readonly read: (sample: Sample, book: TrafficBook) => void;
}

/** What a source asks a Prometheus: the queries in the order in which their answers are read. */
export interface QueryPlan {
  readonly queries: readonly PlannedQuery[];
  /** Whether a service of that name is an entrance: what it sends on came from outside. */
  readonly isEntry: (name: string) => boolean;
}

/** What the presets can be told. */
export interface PresetOptions {
  /** How far back rates look, in milliseconds; at least two scrapes. */
  readonly windowMs: number;
  /** PromQL matchers that are put into every selector: 'cluster="a",env="prod"'. */
  readonly matchers: string | undefined;
  /** Labels that are called otherwise here: the preset's name of it, and the name that the series have. */
  readonly labels: ReadonlyMap<string, string>;
  /** What stands before the names of all metrics: a namespace that an exporter adds, with its underscore. */
  readonly metricPrefix: string;
  /** The label that names the region of the Prometheus that a series is from. */
  readonly externalRegionLabel: string;
  readonly hasLatency: boolean;
  readonly hasNativeHistograms: boolean;
  readonly hasCapacity: boolean;
  /** Names of services that are entrances. */
  readonly entries: RegExp | undefined;
  /** A label with HTTP statuses, where service graph metrics have one. */
  readonly statusLabel: string | undefined;
  readonly regions: RegionRule;
  readonly statuses: StatusRules;
}

export type Preset = (options: PresetOptions) => QueryPlan;
