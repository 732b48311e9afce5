import { classify } from "#domain/observed/classify.ts";

import { PromqlWriter } from "../promql.ts";
import type { Preset } from "../query-plan.ts";
import { lacks, latencyQueries, perSecond, SampleReader } from "../sample-reader.ts";
import type { Sample } from "../sample.ts";
import type { BookedEnd, TrafficBook } from "../traffic-book.ts";

/* https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats */

const edgeLabels = ["job", "envoy_cluster_name"];

/** Envoys without a mesh: the source is the job that was scraped, the target the name of its upstream cluster. */
export const envoy: Preset = (options) => {
  const write = new PromqlWriter(options);
  const read = new SampleReader(options);

  function ends(
    sample: Sample,
    book: TrafficBook,
    query?: string,
  ): { from: BookedEnd; to: BookedEnd } | undefined {
    const source = read.text(sample, "job");
    const target = read.text(sample, "envoy_cluster_name");
    if (source === undefined || target === undefined) {
      if (query !== undefined)
        lacks(query, write.label(source === undefined ? "job" : "envoy_cluster_name"), book);
      return undefined;
    }
    const region = read.region(sample, { clusters: [read.text(sample, "cluster")] });
    return { from: book.service({ region, name: source }), to: book.service({ region, name: target }) };
  }

  const by = ["cluster", ...edgeLabels];
  return {
    isEntry: (name) => options.entries?.test(name) ?? false,
    queries: [
      {
        name: "requests",
        promql: `${write.rate(write.select("envoy_cluster_upstream_rq_xx"), [...by, "envoy_response_code_class"])} > 0`,
        isOptional: false,
        read(sample, book) {
          const rate = perSecond(sample, "requests", book);
          const pair = rate === undefined ? undefined : ends(sample, book, "requests");
          if (rate === undefined || pair === undefined) return;
          const http = read.text(sample, "envoy_response_code_class");
          const severity = classify({ http }, options.statuses);
          book.rate(pair.from, pair.to, { severity, perSecond: rate, protocol: "http" });
        },
      },
      ...latencyQueries(
        options,
        (q) => write.quantile(q, "envoy_cluster_upstream_rq_time", [], by),
        1,
        (sample, book) => ends(sample, book),
      ),
      {
        name: "circuit breakers",
        promql: `${write.max(write.select("envoy_cluster_circuit_breakers_default_rq_open"), by)} > 0`,
        isOptional: true,
        read(sample, book) {
          const pair = ends(sample, book);
          if (pair === undefined) return;
          const title = "The circuit breaker for requests is open";
          book.presence(pair.from, pair.to, undefined, {});
          book.noticeOnEdge(pair.from, pair.to, { title, severity: 2 }, NaN);
        },
      },
    ],
  };
};
