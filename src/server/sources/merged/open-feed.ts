import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";
import type { Merged } from "#domain/observed/merge-reports.ts";
import { ThresholdWatch } from "#domain/observed/thresholds.ts";

import type { FeedConfig } from "../../config/feeds-config.ts";
import { partKinds } from "../parts/part-kinds.ts";
import type { SourcePart } from "../parts/source-part.ts";
import { mergedSource, type MergedSource } from "./merged-source.ts";

export interface OpenFeedOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly intervalMs: number;
}

export interface OpenedFeed {
  readonly source: MergedSource;
  readonly parts: readonly SourcePart[];
}

/** Opens a feed of the config file. Nothing runs yet. */
export function openFeed(config: FeedConfig, { clock, random, intervalMs }: OpenFeedOptions): OpenedFeed {
  const parts = config.sources.flatMap(({ kind, name, settings, regions }) => {
    const known = partKinds[kind];
    const options = { name, clock, intervalMs, regions, statuses: config.statuses };
    return known === undefined ? [] : [known.open(settings, options)];
  });
  const watch = new ThresholdWatch(config.thresholds ?? []);
  const finish = ({ snapshot, problems }: Merged): Merged => ({ snapshot: watch.apply(snapshot), problems });
  return { source: mergedSource({ title: config.title, parts, clock, random, finish }), parts };
}
