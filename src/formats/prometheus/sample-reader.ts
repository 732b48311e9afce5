import { regionOf } from "#domain/observed/region-rule.ts";

import type { PlannedQuery, PresetOptions } from "./query-plan.ts";
import { known, type Sample } from "./sample.ts";
import type { BookedEnd, Quantile, TrafficBook } from "./traffic-book.ts";

/** What a series says of where one of its ends runs. */
export interface Whereabouts {
  readonly region?: string | undefined;
  /** Names that the region rule may know, the best one first: a cluster, a zone. */
  readonly clusters?: readonly (string | undefined)[];
}

/** Reads the labels of series in the words of one source. */
export class SampleReader {
  readonly #options: PresetOptions;
  readonly #isRenamed: boolean;

  constructor(options: PresetOptions) {
    this.#options = options;
    this.#isRenamed = options.labels.size > 0;
  }

  /** A label's text under the name that the series have for it; undefined where it says nothing. */
  text({ labels }: Sample, name: string): string | undefined {
    return known(labels[this.#isRenamed ? (this.#options.labels.get(name) ?? name) : name]);
  }

  /** The first label that says something. */
  first(sample: Sample, names: readonly string[]): string | undefined {
    for (const name of names) {
      const text = this.text(sample, name);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** The region of the end that reports the series. */
  region(sample: Sample, { region, clusters = [] }: Whereabouts): string | undefined {
    return this.#region({ region, clusters }, sample.labels[this.#options.externalRegionLabel]);
  }

  /**
   * The region of the other end. The external label is of the Prometheus that scraped the reporter: where the labels say that the other end is in another cluster, it
   * says nothing.
   */
  otherRegion(sample: Sample, here: Whereabouts, there: Whereabouts): string | undefined {
    const [at] = here.clusters ?? [];
    const [cluster] = there.clusters ?? [];
    const isElsewhere = cluster !== undefined && at !== undefined && cluster !== at;
    return this.#region(there, isElsewhere ? undefined : sample.labels[this.#options.externalRegionLabel]);
  }

  #region({ region, clusters = [] }: Whereabouts, external: string | undefined): string | undefined {
    const { regions } = this.#options;
    const cluster = clusters.find((name) => name !== undefined && regions.clusters.has(name));
    return regionOf({ region, cluster, external }, regions);
  }
}

/** The value as requests per second; undefined, and told of, where it is none. */
export function perSecond({ value }: Sample, query: string, book: TrafficBook): number | undefined {
  if (value >= 0 && value < Infinity) return value;
  book.odd(`${query} number`, (count) => ({
    kind: "dropped",
    place: query,
    found: `${count} series ${count === 1 ? "has" : "have"} ${Number.isNaN(value) ? "no number (NaN)" : `the value ${value}`}`,
    done: "left out",
  }));
  return undefined;
}

/** Tells of series that lack a label without which they mean nothing. */
export function lacks(query: string, label: string, book: TrafficBook): void {
  book.odd(`${query} ${label}`, (count) => ({
    kind: "dropped",
    place: query,
    found: `${count} series ${count === 1 ? "has" : "have"} no label ${label}`,
    done: `left out; if the label is called otherwise here, write labels: { ${label}: ITS_NAME }`,
  }));
}

/** The quantiles that are shown, and what PromQL calls them. */
const quantiles: readonly (readonly [Quantile, string])[] = [
  ["p50", "0.5"],
  ["p95", "0.95"],
  ["p99", "0.99"],
];

/** The queries for the quantiles of one histogram, read as milliseconds. */
export function latencyQueries(
  options: PresetOptions,
  quantile: (q: string) => string,
  unitMs: number,
  ends: (sample: Sample, book: TrafficBook) => { from: BookedEnd; to: BookedEnd } | undefined,
): readonly PlannedQuery[] {
  if (!options.hasLatency) return [];
  return quantiles.map(([name, q]): PlannedQuery => ({
    name: `latency ${name}`,
    promql: quantile(q),
    isOptional: true,
    read(sample, book) {
      // NaN: no requests in the window. Infinite: beyond the last bucket, which says nothing.
      if (!(sample.value >= 0 && sample.value < Infinity)) return;
      const pair = ends(sample, book);
      if (pair !== undefined) book.latency(pair.from, pair.to, name, sample.value * unitMs);
    },
  }));
}
