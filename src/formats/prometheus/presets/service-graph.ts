import { classify } from "#domain/observed/classify.ts";

import { PromqlWriter } from "../promql.ts";
import type { PlannedQuery, Preset, PresetOptions } from "../query-plan.ts";
import { lacks, latencyQueries, perSecond, SampleReader } from "../sample-reader.ts";
import type { Sample } from "../sample.ts";
import type { BookedEnd, TrafficBook } from "../traffic-book.ts";

/* https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/ and the service graph connector of the OpenTelemetry Collector. */

/** What the generators call a caller that no span tells of. */
const virtualUser = "user";

const sides = ["client", "server"] as const;
type Side = (typeof sides)[number];

/** The labels that tell an edge: of each side its name and what it says of where it runs, if those were made dimensions. */
const edgeLabels = [
  ...sides.flatMap((side) => [
    side,
    `${side}_cloud_region`,
    `${side}_k8s_cluster_name`,
    `${side}_service_namespace`,
  ]),
  "connection_type",
];

const typeOfConnection: Readonly<Record<string, string>> = { database: "storage", virtual_node: "external" };

/** The Collector's connector; it puts `failed` on all its series, which adding up takes away. */
export const otelServiceGraph: Preset = (options) => serviceGraph(options, []);

/** Tempo's generator, which can also tell that an edge is there while nothing passes. */
export const tempo: Preset = (options) => serviceGraph(options, [presenceQuery]);

function serviceGraph(
  options: PresetOptions,
  more: readonly ((graph: GraphReader) => PlannedQuery)[],
): ReturnType<Preset> {
  const graph = new GraphReader(options);
  return {
    isEntry: (name) => options.entries?.test(name) ?? false,
    queries: [
      graph.requests(),
      graph.failures(),
      ...graph.latency(),
      ...more.map((make) => make(graph)),
      graph.losses("unpaired", "traces_service_graph_unpaired_spans_total"),
      graph.losses("dropped", "traces_service_graph_dropped_spans_total"),
    ],
  };
}

function presenceQuery(graph: GraphReader): PlannedQuery {
  const { write } = graph;
  return {
    name: "connections",
    promql: write.max(write.select("traces_service_graph_connection_info"), edgeLabels),
    isOptional: true,
    read(sample, book) {
      const pair = graph.ends(sample, book);
      if (pair !== undefined) book.presence(pair.from, pair.to, undefined, {});
    },
  };
}

class GraphReader {
  readonly write: PromqlWriter;
  readonly #read: SampleReader;
  readonly #options: PresetOptions;
  readonly #by: readonly string[];

  constructor(options: PresetOptions) {
    this.write = new PromqlWriter(options);
    this.#read = new SampleReader(options);
    this.#options = options;
    this.#by = options.statusLabel === undefined ? edgeLabels : [...edgeLabels, options.statusLabel];
  }

  /** All requests; which of them failed is told by another counter, or by a status where there is a label for it. */
  requests(): PlannedQuery {
    const name = "requests";
    return {
      name,
      promql: `${this.write.rate(this.write.select("traces_service_graph_request_total"), this.#by)} > 0`,
      isOptional: false,
      read: (sample, book) => {
        const rate = perSecond(sample, name, book);
        const pair = rate === undefined ? undefined : this.ends(sample, book, name);
        if (rate === undefined || pair === undefined) return;
        const severity = classify({ http: this.#status(sample) }, this.#options.statuses);
        const isMessaging = this.#read.text(sample, "connection_type") === "messaging_system";
        book.rate(pair.from, pair.to, {
          severity,
          perSecond: rate,
          protocol: isMessaging ? "messaging" : undefined,
        });
      },
    };
  }

  /** The counter is not there before the first failure: no series means none. */
  failures(): PlannedQuery {
    const name = "failures";
    return {
      name,
      promql: `${this.write.rate(this.write.select("traces_service_graph_request_failed_total"), this.#by)} > 0`,
      isOptional: true,
      read: (sample, book) => {
        const rate = perSecond(sample, name, book);
        const pair = rate === undefined ? undefined : this.ends(sample, book, name);
        // A status that is an error is counted as one already.
        const isCounted = classify({ http: this.#status(sample) }, this.#options.statuses) !== "normal";
        if (rate !== undefined && pair !== undefined && !isCounted) book.failed(pair.from, pair.to, rate);
      },
    };
  }

  latency(): readonly PlannedQuery[] {
    const histogram = "traces_service_graph_request_server_seconds";
    return latencyQueries(
      this.#options,
      (q) => this.write.quantile(q, histogram, [], edgeLabels),
      1000,
      (sample, book) => this.ends(sample, book),
    );
  }

  /** Spans that did not become edges: the picture then shows less than there is. */
  losses(what: string, metric: string): PlannedQuery {
    return {
      name: `${what} spans`,
      promql: `${this.write.rate(this.write.select(metric), [])} > 0`,
      isOptional: true,
      read: ({ value }, book) =>
        book.odd(`${what} spans`, () => ({
          kind: "note",
          place: `${what} spans`,
          found: `The generator of the service graph tells of ${Number(value.toPrecision(3))} ${what} spans per second`,
          done: "showed what is left: the true rates are higher",
        })),
    };
  }

  ends(sample: Sample, book: TrafficBook, query?: string): { from: BookedEnd; to: BookedEnd } | undefined {
    const client = this.#read.text(sample, "client");
    const server = this.#read.text(sample, "server");
    if (client === undefined || server === undefined) {
      if (query !== undefined)
        lacks(query, this.write.label(client === undefined ? "client" : "server"), book);
      return undefined;
    }
    const connection = this.#read.text(sample, "connection_type") ?? "";
    const isUser = client === virtualUser && connection === "virtual_node";
    const from = isUser ? book.outside : this.#end(sample, book, "client", client, undefined);
    // A virtual node is the one that no span tells of: with a user in front it is the client.
    const type = isUser ? undefined : typeOfConnection[connection];
    return { from, to: this.#end(sample, book, "server", server, type) };
  }

  #end(sample: Sample, book: TrafficBook, side: Side, name: string, type: string | undefined): BookedEnd {
    const at = (which: Side) => ({
      region: this.#read.text(sample, `${which}_cloud_region`),
      clusters: [this.#read.text(sample, `${which}_k8s_cluster_name`)],
    });
    const region =
      side === "client"
        ? this.#read.region(sample, at("client"))
        : this.#read.otherRegion(sample, at("client"), at("server"));
    const namespace = this.#read.text(sample, `${side}_service_namespace`);
    return book.service({
      region,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(type === undefined ? {} : { type }),
    });
  }

  #status(sample: Sample): string | undefined {
    const { statusLabel } = this.#options;
    return statusLabel === undefined ? undefined : this.#read.text(sample, statusLabel);
  }
}
