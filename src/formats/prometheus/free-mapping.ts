import type { Diagnostic } from "#domain/diagnostic.ts";
import { classify, type StatusRules } from "#domain/observed/classify.ts";
import type { ObservedNotice } from "#domain/observed/observation.ts";
import { regionOf, type RegionRule } from "#domain/observed/region-rule.ts";
import type { NoticeSeverity } from "#domain/notice.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

import { expandTemplate } from "./go-regexp.ts";
import type { PlannedQuery, QueryPlan } from "./query-plan.ts";
import { lacks, perSecond } from "./sample-reader.ts";
import type { Sample } from "./sample.ts";
import type { BookedEnd, Quantile, TrafficBook } from "./traffic-book.ts";

/* The words are promviz's, so that its files can be taken over: https://github.com/nghialv/promviz */

/** How a name is made of a series: the label's text, or what the expression finds in it, put into the replacement. Without a label, the replacement itself. */
export interface NameMapping {
  readonly label?: string | undefined;
  readonly regex: RegExp;
  readonly replacement: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface EndMapping extends NameMapping {
  /** Kind of service, for the icon: "storage", "queue" ... */
  readonly class?: string | undefined;
  /** The region itself is the end: what enters it, or what it sends on. */
  readonly isRegion: boolean;
  readonly region?: NameMapping | undefined;
  readonly namespace?: NameMapping | undefined;
}

export interface Thresholds {
  readonly info?: number | undefined;
  readonly warning?: number | undefined;
  readonly error?: number | undefined;
}

export interface ConnectionNotice {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly link?: string | undefined;
  readonly statusType: ClassSeverity;
  /** Shares of the connection's requests, 0 to 1. */
  readonly thresholds: Thresholds;
}

export interface Connection {
  readonly name: string;
  /** Its values are requests per second. */
  readonly query: string;
  readonly source: EndMapping;
  readonly target: EndMapping;
  readonly status?:
    | {
        readonly label: string;
        readonly warningRegex?: RegExp | undefined;
        readonly dangerRegex?: RegExp | undefined;
      }
    | undefined;
  readonly notices: readonly ConnectionNotice[];
  /** Queries whose values are milliseconds, for the same ends. */
  readonly latency: Readonly<Partial<Record<Quantile, string>>>;
  readonly protocol?: string | undefined;
}

/** Stands on services, by thresholds in the unit of the query, or wherever the query has a series. */
export interface NodeNotice {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly link?: string | undefined;
  readonly query: string;
  readonly node: EndMapping;
  readonly thresholds: Thresholds;
  readonly always?: NoticeSeverity | undefined;
}

export interface FreeMapping {
  readonly connections: readonly Connection[];
  readonly notices: readonly NodeNotice[];
  readonly externalRegionLabel: string;
  readonly entries: RegExp | undefined;
  readonly regions: RegionRule;
  readonly statuses: StatusRules;
}

/** What promviz calls the outside. */
const outsideNames = new Set(["INTERNET", "internet"]);

/** The service in whose name a region is entered, where only that is known. */
export const regionEntry = "entry";

/** Queries and mappings as people write them. */
export function freePlan(mapping: FreeMapping): QueryPlan {
  const { connections, notices, entries } = mapping;
  // Regions last: what enters a region counts only where no service of it is known to be called from outside.
  const order = [
    ...connections.filter((connection) => !isOfRegions(connection)),
    ...connections.filter(isOfRegions),
  ];
  return {
    isEntry: (name) => entries?.test(name) ?? false,
    queries: [
      ...order.flatMap((connection) => connectionQueries(connection, mapping)),
      ...notices.map((notice) => noticeQuery(notice, mapping)),
    ],
  };
}

function isOfRegions({ source, target }: Connection): boolean {
  return source.isRegion || target.isRegion;
}

type Pair = { readonly from: BookedEnd; readonly to: BookedEnd };

function connectionQueries(connection: Connection, mapping: FreeMapping): readonly PlannedQuery[] {
  const { name, query, source, target, protocol, notices, latency } = connection;
  const tallies = new WeakMap<TrafficBook, Tallies>();

  function ends(sample: Sample, book: TrafficBook, place: string | undefined): Pair | undefined {
    const from = readEnd(sample, book, source, mapping, place);
    const to = from === undefined ? undefined : readEnd(sample, book, target, mapping, place);
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  const requests: PlannedQuery = {
    name,
    promql: query,
    isOptional: false,
    read(sample, book) {
      const rate = perSecond(sample, name, book);
      const pair = rate === undefined ? undefined : ends(sample, book, name);
      if (rate === undefined || pair === undefined) return;
      if (isOfRegions(connection) && pair.from === book.outside && book.isEnteredFromOutside(pair.to)) {
        book.odd(`${name} entered`, () => alreadyEntered(name, pair.to));
        return;
      }
      const severity = severityOf(sample, connection, mapping);
      book.rate(pair.from, pair.to, { severity, perSecond: rate, protocol });
      if (notices.length === 0) return;
      const tally = tallies.get(book) ?? watched(new Tallies(notices), book, tallies);
      tally.add(pair, severity, rate);
    },
  };
  const latencies = Object.entries(latency).map(([quantile, promql]): PlannedQuery => ({
    name: `${name} ${quantile}`,
    promql,
    isOptional: true,
    read(sample, book) {
      const { value } = sample;
      const pair = value >= 0 && value < Infinity ? ends(sample, book, undefined) : undefined;
      if (pair !== undefined && isQuantile(quantile)) book.latency(pair.from, pair.to, quantile, value);
    },
  }));
  return [requests, ...latencies];
}

function alreadyEntered(place: string, { end }: BookedEnd): Diagnostic {
  return {
    kind: "note",
    place,
    found: `what enters ${end.kind === "outside" ? "a region" : (end.region ?? "a region")} is also told service by service`,
    done: "showed the services; both would count requests twice",
  };
}

function isQuantile(text: string): text is Quantile {
  return text === "p50" || text === "p95" || text === "p99";
}

function watched(tallies: Tallies, book: TrafficBook, by: WeakMap<TrafficBook, Tallies>): Tallies {
  by.set(book, tallies);
  book.atEnd(() => tallies.tell(book));
  return tallies;
}

/** What passes on the edges of one connection, for its notices. */
class Tallies {
  readonly #notices: readonly ConnectionNotice[];
  readonly #pairs = new Map<string, { readonly pair: Pair; readonly rates: Record<ClassSeverity, number> }>();

  constructor(notices: readonly ConnectionNotice[]) {
    this.#notices = notices;
  }

  add(pair: Pair, severity: ClassSeverity, rate: number): void {
    const key = `${pair.from.id} ${pair.to.id}`;
    const tally = this.#pairs.get(key) ?? { pair, rates: { normal: 0, warning: 0, danger: 0 } };
    this.#pairs.set(key, tally);
    tally.rates[severity] += rate;
  }

  tell(book: TrafficBook): void {
    for (const { pair, rates } of this.#pairs.values()) {
      const total = rates.normal + rates.warning + rates.danger;
      for (const { title, subtitle, link, statusType, thresholds } of this.#notices) {
        const share = total === 0 ? 0 : rates[statusType] / total;
        const severity = overThreshold(share, thresholds);
        if (severity === undefined) continue;
        book.noticeBetween(pair.from, pair.to, {
          title: filled(title, {}, share),
          ...(subtitle === undefined ? {} : { subtitle }),
          ...(link === undefined ? {} : { link }),
          severity,
        });
      }
    }
  }
}

function noticeQuery(notice: NodeNotice, mapping: FreeMapping): PlannedQuery {
  const { title, subtitle, link, query, node, thresholds, always } = notice;
  const name = `notice "${title}"`;
  return {
    name,
    promql: query,
    isOptional: true,
    read(sample, book) {
      const severity = always ?? overThreshold(sample.value, thresholds);
      const place = severity === undefined ? undefined : nameOf(sample, node, name, book);
      if (severity === undefined || place === undefined) return;
      const region = whereabouts(sample, node, mapping);
      const about: ObservedNotice["about"] = node.isRegion
        ? { region: place }
        : { ...(region === undefined ? {} : { region }), service: place };
      book.notice({
        about,
        title: filled(title, sample.labels, sample.value),
        ...(subtitle === undefined ? {} : { subtitle }),
        ...(link === undefined ? {} : { link }),
        severity,
      });
    },
  };
}

/** The highest threshold that a value has reached. One that is 0 or not there is none, as in promviz. */
function overThreshold(value: number, { info, warning, error }: Thresholds): NoticeSeverity | undefined {
  const reached = (threshold: number | undefined) =>
    threshold !== undefined && threshold > 0 && value >= threshold;
  return reached(error) ? 2 : reached(warning) ? 1 : reached(info) ? 0 : undefined;
}

/** The title with `{{ .value }}` and `{{ .label }}` filled in, as promviz does. */
function filled(title: string, labels: Sample["labels"], value: number): string {
  return title.replaceAll(/\{\{\s*\.(\w+)\s*\}\}/g, (_, name: string) =>
    name === "value" ? value.toFixed(5) : (labels[name] ?? ""),
  );
}

function severityOf(sample: Sample, { status }: Connection, { statuses }: FreeMapping): ClassSeverity {
  if (status === undefined) return "normal";
  const text = sample.labels[status.label];
  if (text === undefined) return "normal";
  const { warningRegex, dangerRegex } = status;
  if (warningRegex === undefined && dangerRegex === undefined)
    return classify({ http: text, grpc: text }, statuses);
  if (dangerRegex?.test(text) === true) return "danger";
  return warningRegex?.test(text) === true ? "warning" : "normal";
}

function readEnd(
  sample: Sample,
  book: TrafficBook,
  end: EndMapping,
  mapping: FreeMapping,
  place: string | undefined,
): BookedEnd | undefined {
  const name = nameOf(sample, end, place, book);
  if (name === undefined) return undefined;
  if (outsideNames.has(name)) return book.outside;
  if (end.isRegion) return book.service({ region: name, name: regionEntry });
  const namespace = end.namespace === undefined ? undefined : nameOf(sample, end.namespace, undefined, book);
  return book.service({
    region: whereabouts(sample, end, mapping),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(end.class === undefined || end.class === "default" ? {} : { type: end.class }),
  });
}

function whereabouts(
  { labels }: Sample,
  { region }: EndMapping,
  { regions, externalRegionLabel }: FreeMapping,
): string | undefined {
  const named = region === undefined ? undefined : mappedName(labels, region);
  const cluster = named !== undefined && regions.clusters.has(named) ? named : undefined;
  const external = labels[externalRegionLabel];
  return regionOf(cluster === undefined ? { region: named, external } : { cluster, external }, regions);
}

/** The name that a series gives; undefined, and told of when `place` names the query, where it gives none. */
function nameOf(
  { labels }: Sample,
  mapping: NameMapping,
  place: string | undefined,
  book: TrafficBook,
): string | undefined {
  const name = mappedName(labels, mapping);
  if (name !== undefined || place === undefined) return name;
  const { label = "", regex } = mapping;
  const text = labels[label];
  if (text === undefined || text === "") lacks(place, label, book);
  else
    book.odd(`${place} ${label} unmatched`, (count) => ({
      kind: "dropped",
      place,
      found: `${count} series ${count === 1 ? "has" : "have"} a label ${label}, such as "${text}", in which /${regex.source}/ finds nothing`,
      done: "left out",
    }));
  return undefined;
}

function mappedName(
  labels: Sample["labels"],
  { label, regex, replacement, prefix, suffix }: NameMapping,
): string | undefined {
  if (label === undefined || label === "") return `${prefix}${replacement}${suffix}`;
  const text = labels[label];
  const match = text === undefined || text === "" ? null : regex.exec(text);
  const found = match === null ? "" : expandTemplate(replacement, match);
  return found === "" ? undefined : `${prefix}${found}${suffix}`;
}
