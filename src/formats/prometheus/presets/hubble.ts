import { classify } from "#domain/observed/classify.ts";

import { capacityQueries } from "../capacity-queries.ts";
import { PromqlWriter } from "../promql.ts";
import type { Preset } from "../query-plan.ts";
import { lacks, latencyQueries, perSecond, SampleReader } from "../sample-reader.ts";
import type { Sample } from "../sample.ts";
import type { BookedEnd, TrafficBook } from "../traffic-book.ts";

/* https://docs.cilium.io/en/stable/observability/metrics/ : httpV2, flow and drop, with labelsContext as docs/sources.md has it. */

const edgeLabels = [
  "cluster",
  "source_namespace",
  "source_workload",
  "destination_namespace",
  "destination_workload",
];

/** HTTP where Cilium sees it; other flows as edges without requests, drops as notices. */
export const hubble: Preset = (options) => {
  const write = new PromqlWriter(options);
  const read = new SampleReader(options);

  function ends(
    sample: Sample,
    book: TrafficBook,
    query?: string,
  ): { from: BookedEnd; to: BookedEnd } | undefined {
    const source = read.text(sample, "source_workload");
    const target = read.text(sample, "destination_workload");
    if (source === undefined && target === undefined) {
      if (query !== undefined) lacks(query, write.label("source_workload"), book);
      return undefined;
    }
    const region = read.region(sample, { clusters: [read.text(sample, "cluster")] });
    const service = (side: string, name: string) => {
      const namespace = read.text(sample, `${side}_namespace`);
      return book.service({ region, name, ...(namespace === undefined ? {} : { namespace }) });
    };
    return {
      // Cilium leaves the workload empty for what is none: the world.
      from: source === undefined ? book.outside : service("source", source),
      to:
        target === undefined
          ? book.service({ region, name: "world", type: "external" })
          : service("destination", target),
    };
  }

  const requests = (reporter: string) =>
    `${write.rate(write.select("hubble_http_requests_total", [["reporter", "=", reporter]]), [...edgeLabels, "protocol", "status"])} > 0`;

  return {
    isEntry: (name) => options.entries?.test(name) ?? false,
    queries: [
      {
        name: "requests",
        // The client's word counts only where the server's proxy says nothing: `or` leaves out what has the same labels.
        promql: `${requests("server")} or ${requests("client")}`,
        isOptional: false,
        read(sample, book) {
          const rate = perSecond(sample, "requests", book);
          const pair = rate === undefined ? undefined : ends(sample, book, "requests");
          if (rate === undefined || pair === undefined) return;
          const severity = classify({ http: read.text(sample, "status") }, options.statuses);
          book.rate(pair.from, pair.to, { severity, perSecond: rate, protocol: "http" });
        },
      },
      ...latencyQueries(
        options,
        (q) =>
          write.quantile(
            q,
            "hubble_http_request_duration_seconds",
            [["reporter", "=", "server"]],
            edgeLabels,
          ),
        1000,
        (sample, book) => ends(sample, book),
      ),
      {
        name: "flows",
        promql: `${write.rate(write.select("hubble_flows_processed_total"), [...edgeLabels, "verdict"])} > 0`,
        isOptional: true,
        read(sample, book) {
          const rate = perSecond(sample, "flows", book);
          const pair = rate === undefined ? undefined : ends(sample, book);
          if (rate === undefined || pair === undefined) return;
          const isDropped = read.text(sample, "verdict") === "DROPPED";
          const key = isDropped ? "flowsDroppedPerSecond" : "flowsPerSecond";
          book.presence(pair.from, pair.to, undefined, { [key]: rate });
        },
      },
      {
        name: "drops",
        promql: `${write.rate(write.select("hubble_drop_total"), [...edgeLabels, "reason"])} > 0`,
        isOptional: true,
        read(sample, book) {
          const rate = perSecond(sample, "drops", book);
          const pair = rate === undefined ? undefined : ends(sample, book);
          if (rate === undefined || pair === undefined) return;
          const title = `Packets are dropped: ${read.text(sample, "reason") ?? "no reason is told"}`;
          book.presence(pair.from, pair.to, undefined, {});
          book.noticeOnEdge(pair.from, pair.to, { title, severity: 1 }, rate);
        },
      },
      ...capacityQueries(options, write, read),
    ],
  };
};
