import { isJsonObject } from "#base/json.ts";
import { classify } from "#domain/observed/classify.ts";
import type { ObservedEdge, ObservedEnd, ObservedRates } from "#domain/observed/observation.ts";
import { regionOf } from "#domain/observed/region-rule.ts";

import type { ObservationReading } from "../observed/observation-reading.ts";
import { at, quoted, type Place } from "../vizceral/place.ts";
import { histogramLatency } from "./histogram-latency.ts";

interface RawService {
  readonly raw: Record<string, unknown>;
  readonly place: Place;
}

export interface GraphPart {
  readonly services: readonly RawService[];
  readonly region: string | undefined;
  readonly windowMs: number;
}

/** Icons by what stands in the type of a service; the first that fits. */
const icons: readonly (readonly [RegExp, string])[] = [
  [/cache/i, "cache"],
  [/dynamodb|rds|database|s3|redshift|sql/i, "storage"],
  [/sqs|sns|kinesis|events|queue/i, "queue"],
  [/^remote$/i, "external"],
];

/** Reads the services of one region and the edges between them. */
export function readGraph(reading: ObservationReading, { services, region, windowMs }: GraphPart): void {
  const place = regionOf({ region }, reading.options.regions);
  const ends = endsOf(reading, services, place);
  const reached = new Set<unknown>();
  const sending = new Set<unknown>();
  for (const service of services) {
    const from = ends.get(service.raw["ReferenceId"]);
    const edges: unknown = service.raw["Edges"];
    for (const [index, raw] of (Array.isArray(edges) ? edges : []).entries()) {
      const here = at(at(service.place, "Edges"), index);
      const reference: unknown = isJsonObject(raw) ? raw["ReferenceId"] : undefined;
      const to = ends.get(reference);
      if (!isJsonObject(raw) || from === undefined || to === undefined) {
        const found = () => `an edge to ${quoted(reference)}, which is no service that can be shown`;
        reading.report("dropped", here, found, "left it out");
        continue;
      }
      reached.add(reference);
      sending.add(service.raw["ReferenceId"]);
      reading.add(edgeOf(reading, { raw, place: here }, { from, to, windowMs }), here);
    }
  }
  for (const service of services) {
    const id = service.raw["ReferenceId"];
    const end = ends.get(id);
    if (end?.kind !== "service" || reached.has(id)) continue;
    if (service.raw["Root"] === true) {
      // What enters at a root that no client leads to is known from the root alone.
      const entering = { from: { kind: "outside" }, to: end, windowMs } as const;
      reading.add(edgeOf(reading, service, entering), service.place);
    } else if (!sending.has(id)) {
      const found = () => `${quoted(end.name)} has no edges`;
      reading.report("note", service.place, found, "not drawn: nothing is known of its traffic");
    }
  }
}

/** Services by their references. Two of one name and different types, as a Lambda and its function, are told apart by their types. */
function endsOf(
  reading: ObservationReading,
  services: readonly RawService[],
  region: string | undefined,
): ReadonlyMap<unknown, ObservedEnd> {
  const types = new Map<unknown, Set<unknown>>();
  for (const { raw } of services) {
    if (isClient(raw)) continue;
    const known = types.get(raw["Name"]) ?? new Set();
    types.set(raw["Name"], known.add(raw["Type"]));
  }
  const ends = new Map<unknown, ObservedEnd>();
  for (const { raw, place } of services) {
    const id = raw["ReferenceId"];
    if (typeof id !== "number") {
      const found = () => `the reference ${quoted(id)} is no number`;
      reading.report("dropped", at(place, "ReferenceId"), found, "left the service out");
      continue;
    }
    if (isClient(raw)) {
      ends.set(id, { kind: "outside" });
      continue;
    }
    const name = reading.name(raw["Name"], at(place, "Name"), "a service");
    if (name === undefined) continue;
    const type = typeof raw["Type"] === "string" ? raw["Type"] : undefined;
    const isShared = (types.get(raw["Name"])?.size ?? 0) > 1;
    const icon = icons.find(([pattern]) => pattern.test(type ?? ""))?.[1];
    ends.set(id, {
      kind: "service",
      region,
      name: isShared && type !== undefined ? `${name} (${type})` : name,
      ...(icon === undefined ? {} : { type: icon }),
      ...(type === undefined ? {} : { metadata: { awsType: type } }),
    });
  }
  return ends;
}

function isClient({ Type: type }: Record<string, unknown>): boolean {
  return typeof type === "string" && type.toLowerCase() === "client";
}

interface EdgeEnds {
  readonly from: ObservedEnd;
  readonly to: ObservedEnd;
  readonly windowMs: number;
}

function edgeOf(
  reading: ObservationReading,
  { raw, place }: RawService,
  { from, to, windowMs }: EdgeEnds,
): ObservedEdge {
  const seconds = windowMs / 1000;
  const { rates, throttled } = ratesOf(reading, raw, place, seconds);
  const latencyMs = histogramLatency(raw["ResponseTimeHistogram"]);
  return {
    from,
    to,
    rates,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    // Asynchronous: the trace goes on behind a queue.
    protocol: raw["EdgeType"] === "link" ? "messaging" : "http",
    ...(throttled > 0 ? { metadata: { throttledPerSecond: throttled / seconds } } : {}),
  };
}

/** Requests per second by what became of them; and how many were throttled (429), which X-Ray counts by themselves. */
function ratesOf(
  reading: ObservationReading,
  raw: Record<string, unknown>,
  place: Place,
  seconds: number,
): { readonly rates: ObservedRates; readonly throttled: number } {
  const rates = { normal: 0, warning: 0, danger: 0 };
  const statistics = raw["SummaryStatistics"];
  if (!isJsonObject(statistics)) return { rates, throttled: 0 };
  const here = at(place, "SummaryStatistics");
  const count = (group: string, key: string): number => {
    const inside = statistics[group];
    return isJsonObject(inside) ? reading.amount(inside[key], at(at(here, group), key)) : 0;
  };
  const { statuses } = reading.options;
  const throttled = count("ErrorStatistics", "ThrottleCount");
  const errors = Math.max(
    count("ErrorStatistics", "OtherCount"),
    count("ErrorStatistics", "TotalCount") - throttled,
  );
  const faults = Math.max(count("FaultStatistics", "OtherCount"), count("FaultStatistics", "TotalCount"));
  rates[classify({ http: "429" }, statuses)] += throttled / seconds;
  rates[classify({ http: "4xx" }, statuses)] += errors / seconds;
  rates[classify({ http: "5xx" }, statuses)] += faults / seconds;
  const ok = reading.amount(statistics["OkCount"], at(here, "OkCount"));
  rates[classify({ http: "2xx" }, statuses)] += ok / seconds;
  const total = reading.amount(statistics["TotalCount"], at(here, "TotalCount"));
  const counted = ok + throttled + errors + faults;
  if (statistics["TotalCount"] !== undefined && total !== counted) {
    const found = () => `TotalCount is ${total}, and ${counted} are told apart`;
    reading.report("note", at(here, "TotalCount"), found, "showed those that are told apart");
  }
  return { rates, throttled };
}
