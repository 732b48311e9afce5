import { classify } from "#domain/observed/classify.ts";

import { capacityQueries } from "../capacity-queries.ts";
import { PromqlWriter } from "../promql.ts";
import type { PlannedQuery, Preset, PresetOptions } from "../query-plan.ts";
import { lacks, latencyQueries, perSecond, SampleReader } from "../sample-reader.ts";
import type { Sample } from "../sample.ts";
import type { BookedEnd, TrafficBook } from "../traffic-book.ts";

/* https://istio.io/latest/docs/reference/config/metrics/ */

/** The labels that tell an edge. */
const edgeLabels = [
  "source_cluster",
  "source_workload_namespace",
  "source_canonical_service",
  "destination_cluster",
  "destination_service_namespace",
  "destination_canonical_service",
  "destination_service_name",
];

/** The labels that tell what became of a request. */
const responseLabels = ["request_protocol", "response_code", "grpc_response_status", "response_flags"];

/** Where Envoy sends what it has no route for: not services, but told as if they were. */
const pseudoServices = new Set(["PassthroughCluster", "BlackHoleCluster", "InboundPassthroughCluster"]);

/** Of an edge in ambient mode, the waypoint knows most; a sidecar at the source has seen the same requests. */
const ambientRanks: Readonly<Record<string, number>> = { waypoint: 0, source: 1 };

/** Sidecars: each request is counted where it was sent, and those of callers without a sidecar where they arrived. */
export const istio: Preset = (options) => {
  const mesh = new IstioReader(options);
  const { write } = mesh;
  const by = ["reporter", ...edgeLabels, ...responseLabels];
  const metric = "istio_requests_total";
  const sent = write.rate(write.select(metric, [["reporter", "=", "source"]]), by);
  const fromBeyond = write.rate(
    write.select(metric, [
      ["reporter", "=", "destination"],
      ["source_workload", "=", "unknown"],
    ]),
    by,
  );
  return mesh.plan([
    mesh.requests(`${sent} > 0 or ${fromBeyond} > 0`),
    ...mesh.latency([["reporter", "=", "source"]]),
    ...mesh.bytes([["reporter", "=", "source"]], []),
  ]);
};

/** Ambient mode: waypoints count requests; what passes no waypoint is seen by ztunnel as bytes only, but with regions. */
export const istioAmbient: Preset = (options) => {
  const mesh = new IstioReader(options);
  const { write } = mesh;
  const by = ["reporter", ...edgeLabels, ...responseLabels];
  const reporters = [["reporter", "=~", "waypoint|source"]] as const;
  const requests = write.rate(write.select("istio_requests_total", reporters), by);
  return mesh.plan([
    // First: what it tells of regions is needed to read the others.
    ...mesh.bytes(
      [
        ["app", "=", "ztunnel"],
        ["reporter", "=", "source"],
      ],
      ["source_region", "source_zone", "destination_region", "destination_zone"],
    ),
    mesh.requests(`${requests} > 0`),
    ...mesh.latency(reporters),
  ]);
};

type Matchers = readonly (readonly [string, string, string])[];

interface Pair {
  readonly from: BookedEnd;
  readonly to: BookedEnd;
}

/** What has been learnt while a book is written. */
interface BookNotes {
  /** The regions that ztunnel has told of clusters; empty where it contradicts itself. */
  readonly told: Map<string, string>;
  /** Ends by the labels that tell them. */
  readonly pairs: Map<string, Pair>;
}

class IstioReader {
  readonly write: PromqlWriter;
  readonly #read: SampleReader;
  readonly #options: PresetOptions;
  readonly #pairLabels: readonly string[];
  readonly #pairKeys = new WeakMap<Sample["labels"], string>();
  readonly #notes = new WeakMap<TrafficBook, BookNotes>();

  constructor(options: PresetOptions) {
    this.write = new PromqlWriter(options);
    this.#read = new SampleReader(options);
    this.#options = options;
    const labels = ["reporter", ...edgeLabels, "source_region", "destination_region"];
    this.#pairLabels = [...labels.map((name) => this.write.label(name)), options.externalRegionLabel];
  }

  plan(queries: readonly PlannedQuery[]) {
    const { entries } = this.#options;
    return {
      queries: [...queries, ...capacityQueries(this.#options, this.write, this.#read)],
      isEntry: (name: string) => entries?.test(name) ?? false,
    };
  }

  requests(promql: string): PlannedQuery {
    const name = "requests";
    return {
      name,
      promql,
      isOptional: false,
      read: (sample, book) => {
        const rate = perSecond(sample, name, book);
        const ends = rate === undefined ? undefined : this.#ends(sample, book, name);
        if (rate === undefined || ends === undefined) return;
        const http = this.#read.text(sample, "response_code");
        const grpc = this.#read.text(sample, "grpc_response_status");
        const severity = classify({ http, grpc }, this.#options.statuses);
        const reporter = this.#read.text(sample, "reporter") ?? "";
        book.rate(ends.from, ends.to, {
          severity,
          perSecond: rate,
          protocol: this.#read.text(sample, "request_protocol"),
          rank: ambientRanks[reporter] ?? 0,
        });
        const flags = this.#read.text(sample, "response_flags");
        if (flags !== undefined && flags !== "-" && http?.startsWith("2") === true) {
          const title = `Envoy marks successful responses with ${flags}`;
          book.noticeOnEdge(ends.from, ends.to, { title, severity: 0 }, rate);
        }
      },
    };
  }

  latency(matchers: Matchers): readonly PlannedQuery[] {
    const histogram = "istio_request_duration_milliseconds";
    return latencyQueries(
      this.#options,
      (q) => this.write.quantile(q, histogram, matchers, edgeLabels),
      1,
      (sample, book) => this.#ends(sample, book, undefined),
    );
  }

  /** Bytes are never requests: they show that there is an edge, and stand in its metadata. */
  bytes(matchers: Matchers, moreLabels: readonly string[]): readonly PlannedQuery[] {
    const directions = [
      ["sent", "istio_tcp_sent_bytes_total"],
      ["received", "istio_tcp_received_bytes_total"],
    ] as const;
    return directions.map(([direction, metric]) => {
      const rate = this.write.rate(this.write.select(metric, matchers), [...edgeLabels, ...moreLabels]);
      const name = `TCP bytes ${direction}`;
      return {
        name,
        promql: `${rate} > 0`,
        isOptional: true,
        read: (sample, book) => {
          this.#learnRegions(sample, book);
          const bytes = perSecond(sample, name, book);
          const ends = bytes === undefined ? undefined : this.#ends(sample, book, name);
          if (bytes === undefined || ends === undefined) return;
          const key = direction === "sent" ? "tcpBytesSentPerSecond" : "tcpBytesReceivedPerSecond";
          book.presence(ends.from, ends.to, "tcp", { [key]: bytes });
        },
      };
    });
  }

  /** A cluster that ztunnel tells the region of has that region; one that it tells two regions of has none. */
  #learnRegions(sample: Sample, book: TrafficBook): void {
    const { told, pairs } = this.#notesOf(book);
    for (const side of ["source", "destination"]) {
      const cluster = this.#read.text(sample, `${side}_cluster`);
      const region = this.#read.text(sample, `${side}_region`);
      if (cluster === undefined || region === undefined) continue;
      const before = told.get(cluster);
      const now = before === undefined || before === region ? region : "";
      if (now === before) continue;
      told.set(cluster, now);
      pairs.clear();
    }
  }

  /** The ends of a series; those of one edge are worked out once, as its series differ in their codes only. */
  #ends(sample: Sample, book: TrafficBook, query: string | undefined): Pair | undefined {
    const { pairs } = this.#notesOf(book);
    const key = this.#pairKey(sample);
    const before = pairs.get(key);
    if (before !== undefined) return before;
    const pair = this.#workOutEnds(sample, book, query);
    if (pair !== undefined) pairs.set(key, pair);
    return pair;
  }

  /** What tells the edge; from poll to poll labels may be the same object. */
  #pairKey({ labels }: Sample): string {
    const before = this.#pairKeys.get(labels);
    if (before !== undefined) return before;
    const key = this.#pairLabels.map((label) => labels[label] ?? "").join("\n");
    this.#pairKeys.set(labels, key);
    return key;
  }

  #workOutEnds(sample: Sample, book: TrafficBook, query: string | undefined): Pair | undefined {
    const read = this.#read;
    const here = this.#whereabouts(sample, book, "source_cluster", "source_region");
    const there = this.#whereabouts(sample, book, "destination_cluster", "destination_region");
    const source = read.text(sample, "source_canonical_service");
    const target =
      read.text(sample, "destination_canonical_service") ?? read.text(sample, "destination_service_name");
    if (source === undefined && !isMarkedUnknown(sample, this.write.label("source_canonical_service"))) {
      if (query !== undefined) lacks(query, this.write.label("source_canonical_service"), book);
      return undefined;
    }
    const reporter = read.text(sample, "reporter");
    const isServerOnly = reporter === "destination" || reporter === "waypoint";
    const region = read.region(sample, source === undefined && isServerOnly ? there : here);
    const namespace = read.text(sample, "source_workload_namespace");
    const from =
      source === undefined && isServerOnly
        ? book.outside
        : book.service({
            region,
            name: source ?? "unknown",
            ...(namespace === undefined ? {} : { namespace }),
          });
    return { from, to: this.#target(sample, book, target, { region, here, there }) };
  }

  #target(
    sample: Sample,
    book: TrafficBook,
    name: string | undefined,
    at: { region: string | undefined; here: Whereabouts; there: Whereabouts },
  ): BookedEnd {
    const service = this.#read.text(sample, "destination_service_name");
    const namespace = this.#read.text(sample, "destination_service_namespace");
    if (service !== undefined && pseudoServices.has(service)) {
      // They stand in every proxy: in the region of whoever called.
      return book.service({ region: at.region, name: service, type: "external" });
    }
    if (name === undefined) return book.service({ region: at.region, name: "unknown", type: "external" });
    return book.service({
      region: this.#read.otherRegion(sample, at.here, at.there),
      name,
      ...(namespace === undefined ? {} : { namespace }),
    });
  }

  #whereabouts(sample: Sample, book: TrafficBook, clusterLabel: string, regionLabel: string): Whereabouts {
    const cluster = this.#read.text(sample, clusterLabel);
    const told = cluster === undefined ? undefined : this.#notesOf(book).told.get(cluster);
    return { region: this.#read.text(sample, regionLabel) ?? told, clusters: [cluster] };
  }

  #notesOf(book: TrafficBook): BookNotes {
    const before = this.#notes.get(book);
    if (before !== undefined) return before;
    const made = { told: new Map<string, string>(), pairs: new Map<string, Pair>() };
    this.#notes.set(book, made);
    return made;
  }
}

interface Whereabouts {
  readonly region: string | undefined;
  readonly clusters: readonly (string | undefined)[];
}

/** The mesh writes "unknown" for what it does not know. A label that is not there at all is one that is called otherwise. */
function isMarkedUnknown({ labels }: Sample, label: string): boolean {
  return labels[label] === "unknown";
}
