import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";
import { ThresholdWatch } from "#domain/observed/thresholds.ts";

import type { FeedConfig } from "../../config/feeds-config.ts";
import { partKinds } from "../parts/part-kinds.ts";
import type { SourcePart } from "../parts/source-part.ts";
import { mergedSource, type MergedSource } from "./merged-source.ts";
import { PeakBook } from "./peak-book.ts";

export interface OpenFeedOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly intervalMs: number;
}

export interface OpenedFeed {
  readonly source: MergedSource;
  readonly parts: readonly SourcePart[];
  /** The greatest volumes of late; it is kept in a file where its owner says so. */
  readonly peaks?: PeakBook;
}

/** Opens a feed of the config file. Nothing runs yet. */
export function openFeed(config: FeedConfig, { clock, random, intervalMs }: OpenFeedOptions): OpenedFeed {
  const parts = config.sources.flatMap(({ kind, name, settings, regions }) => {
    const known = partKinds[kind];
    const options = { name, clock, intervalMs, regions, statuses: config.statuses };
    return known === undefined ? [] : [known.open(settings, options)];
  });
  const { thresholds = [], capacities = [], peaksOfMs = 0 } = config;
  const watch = new ThresholdWatch(thresholds);
  const book = peaksOfMs === 0 ? undefined : new PeakBook(peaksOfMs);
  const source = mergedSource({
    title: config.title,
    parts,
    clock,
    random,
    intervalMs,
    capacities: () => capacities,
    peaks: () => book?.peaks,
    finish({ snapshot, problems }) {
      book?.observe(snapshot);
      return { snapshot: watch.apply(snapshot), problems };
    },
  });
  return { source, parts, ...(book === undefined ? {} : { peaks: book }) };
}
