import type { PromqlWriter } from "./promql.ts";
import type { PlannedQuery, PresetOptions } from "./query-plan.ts";
import type { SampleReader } from "./sample-reader.ts";

/**
 * What services can bear, from the limits of Kubernetes' autoscalers as kube-state-metrics tells them: what reaches a service now, times the replicas that it may
 * have, over those that it has. An autoscaler is taken for that of the service of its name.
 */
export function capacityQueries(
  options: PresetOptions,
  write: PromqlWriter,
  read: SampleReader,
): readonly PlannedQuery[] {
  if (!options.hasCapacity) return [];
  const by = ["cluster", "namespace", "horizontalpodautoscaler"];
  const limits = new WeakMap<object, Map<string, number>>();
  const name = "horizontalpodautoscaler";
  return [
    {
      name: "autoscaler limits",
      promql: write.max(write.select("kube_horizontalpodautoscaler_spec_max_replicas"), by),
      isOptional: true,
      read(sample, book) {
        const known = limits.get(book) ?? new Map<string, number>();
        limits.set(book, known);
        known.set(scalerKey(sample.labels), sample.value);
      },
    },
    {
      name: "autoscaler replicas",
      promql: write.max(write.select("kube_horizontalpodautoscaler_status_current_replicas"), by),
      isOptional: true,
      read(sample, book) {
        const { value: replicas } = sample;
        const most = limits.get(book)?.get(scalerKey(sample.labels));
        const service = read.text(sample, name);
        const namespace = read.text(sample, "namespace");
        const region = read.region(sample, { clusters: [read.text(sample, "cluster")] });
        if (most === undefined || service === undefined || !(replicas > 0 && most >= replicas)) return;
        book.capacity(() => {
          const inbound = book.inbound({ namespace, name: service });
          const rate =
            region === undefined && inbound.size === 1 ? [...inbound.values()][0] : inbound.get(region);
          if (rate === undefined || rate === 0) return undefined;
          return {
            about: {
              ...(region === undefined ? {} : { region }),
              ...(namespace === undefined ? {} : { namespace }),
              service,
            },
            rps: (rate * most) / replicas,
            from: `HPA limit of ${most} replicas, at what each of the ${replicas} bears now`,
            instances: replicas,
          };
        });
      },
    },
  ];
}

function scalerKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
