import { classify } from "#domain/observed/classify.ts";

import { capacityQueries } from "../capacity-queries.ts";
import { PromqlWriter } from "../promql.ts";
import type { Preset } from "../query-plan.ts";
import { lacks, latencyQueries, perSecond, SampleReader } from "../sample-reader.ts";
import type { Sample } from "../sample.ts";
import type { BookedEnd, TrafficBook } from "../traffic-book.ts";

/* https://linkerd.io/2/reference/proxy-metrics/ */

/** Every workload has one of these labels; the most telling first, as a replica set also belongs to a deployment. */
const kinds = ["deployment", "statefulset", "daemonset", "k8s_job", "replicationcontroller", "replicaset"];
const targetKinds = kinds.map((kind) => `dst_${kind}`);
const edgeLabels = [
  "cluster",
  "namespace",
  ...kinds,
  "dst_namespace",
  ...targetKinds,
  "dst_service",
  "dst_target_cluster",
  "dst_zone",
];
const outbound = [["direction", "=", "outbound"]] as const;

/** Both proxies count a request: what the caller's says is taken. */
export const linkerd: Preset = (options) => {
  const write = new PromqlWriter(options);
  const read = new SampleReader(options);

  function ends(
    sample: Sample,
    book: TrafficBook,
    query?: string,
  ): { from: BookedEnd; to: BookedEnd } | undefined {
    const source = read.first(sample, kinds);
    if (source === undefined) {
      if (query !== undefined) lacks(query, write.label("deployment"), book);
      return undefined;
    }
    const here = { clusters: [read.text(sample, "cluster")] };
    const cluster = read.text(sample, "dst_target_cluster");
    const there = { clusters: [cluster ?? here.clusters[0], read.text(sample, "dst_zone")] };
    const namespace = read.text(sample, "namespace");
    const from = book.service({
      region: read.region(sample, here),
      name: source,
      ...(namespace === undefined ? {} : { namespace }),
    });
    const workload = read.first(sample, targetKinds);
    const service = read.text(sample, "dst_service");
    const name = workload ?? (cluster === undefined ? service : withoutCluster(service, cluster));
    if (name === undefined) {
      const region = read.region(sample, here);
      return { from, to: book.service({ region, name: "unknown", type: "external" }) };
    }
    const target = read.text(sample, "dst_namespace");
    const to = book.service({
      region: cluster === undefined ? read.region(sample, there) : otherCluster(sample, cluster),
      name,
      ...(target === undefined ? {} : { namespace: target }),
    });
    return { from, to };
  }

  /** A mirrored service runs in another cluster: what the scraping Prometheus says of its own region does not hold there. */
  function otherCluster(sample: Sample, cluster: string): string | undefined {
    const zone = read.text(sample, "dst_zone");
    return read.otherRegion(sample, { clusters: [""] }, { clusters: [cluster, zone] });
  }

  return {
    isEntry: (name) => options.entries?.test(name) ?? false,
    queries: [
      {
        name: "responses",
        promql: `${write.rate(write.select("response_total", outbound), [...edgeLabels, "classification", "status_code", "grpc_status_code"])} > 0`,
        isOptional: false,
        read(sample, book) {
          const rate = perSecond(sample, "responses", book);
          const pair = rate === undefined ? undefined : ends(sample, book, "responses");
          if (rate === undefined || pair === undefined) return;
          const grpc = read.text(sample, "grpc_status_code");
          const response = {
            http: read.text(sample, "status_code"),
            grpc,
            isFailure: read.text(sample, "classification") === "failure",
          };
          const severity = classify(response, options.statuses);
          book.rate(pair.from, pair.to, {
            severity,
            perSecond: rate,
            protocol: grpc === undefined ? "http" : "grpc",
          });
        },
      },
      ...latencyQueries(
        options,
        (q) => write.quantile(q, "response_latency_ms", outbound, edgeLabels),
        1,
        (sample, book) => ends(sample, book),
      ),
      {
        name: "TCP connections",
        promql: `${write.sum(write.select("tcp_open_connections", outbound), edgeLabels)} > 0`,
        isOptional: true,
        read(sample, book) {
          const open = perSecond(sample, "TCP connections", book);
          const pair = open === undefined ? undefined : ends(sample, book);
          if (open !== undefined && pair !== undefined)
            book.presence(pair.from, pair.to, "tcp", { tcpOpenConnections: open });
        },
      },
      ...capacityQueries(options, write, read),
    ],
  };
};

/** A mirrored service is called NAME-CLUSTER where it is mirrored to. */
function withoutCluster(service: string | undefined, cluster: string): string | undefined {
  const end = `-${cluster}`;
  return service?.endsWith(end) === true && service.length > end.length
    ? service.slice(0, -end.length)
    : service;
}
