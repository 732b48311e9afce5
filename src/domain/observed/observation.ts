import type { JsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";

import type { Diagnostic } from "../diagnostic.ts";
import type { NoticeSeverity } from "../notice.ts";

/** One end of traffic that a source saw. */
export type ObservedEnd = ObservedService | ObservedOutside;

export interface ObservedService {
  readonly kind: "service";
  /** Undefined: the source does not say. It is shown as the region "unknown", never hidden. */
  readonly region: string | undefined;
  /** Two services of one name in different namespaces are two. */
  readonly namespace?: string;
  readonly name: string;
  /** Icon: "service", "storage", "queue", "external" ...; an open set. */
  readonly type?: string;
  readonly metadata?: JsonObject;
}

/** Users, the internet, whatever stands outside all regions: drawn as the entry. */
export interface ObservedOutside {
  readonly kind: "outside";
}

/** Requests per second, told apart by what became of them. */
export interface ObservedRates {
  readonly normal: number;
  readonly warning: number;
  readonly danger: number;
}

/** Milliseconds; NaN where it was not measured. */
export interface ObservedLatency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface ObservedEdge {
  readonly from: ObservedEnd;
  readonly to: ObservedEnd;
  readonly rates: ObservedRates;
  readonly latencyMs?: ObservedLatency;
  /** Share of this edge's traffic that was observed, 0 to 1, where the source knows; the rates are scaled up already. */
  readonly sampling?: number;
  /** "http", "grpc", "tcp", "messaging" ...; for the panel. */
  readonly protocol?: string;
  readonly metadata?: JsonObject;
}

/** What a notice or a capacity is about: a region, a service in one region, or (without a region) the service wherever it runs. */
export interface ObservedAbout {
  readonly region?: string;
  readonly namespace?: string;
  readonly service?: string;
}

export interface ObservedNotice {
  readonly about: ObservedAbout;
  /** With it, the notice stands on the edge from `about` to this. */
  readonly to?: ObservedAbout;
  readonly title: string;
  readonly subtitle?: string;
  readonly link?: string;
  readonly severity: NoticeSeverity;
}

/** What a service can bear. */
export interface ObservedCapacity {
  readonly about: ObservedAbout;
  /** Requests per second. */
  readonly rps: number;
  /** Where the number comes from: "config", "HPA limit of 12 replicas", "peak of 7 days". Always shown. */
  readonly from: string;
  readonly instances?: number;
}

/** Everything that one source knows about a window of time: the form that all sources bring their data into. The same edge may be named more than once; it is summed. */
export interface Observation {
  /** End of the window. */
  readonly at: Millis;
  readonly windowMs: number;
  readonly edges: readonly ObservedEdge[];
  readonly notices: readonly ObservedNotice[];
  readonly capacities: readonly ObservedCapacity[];
  /** Everything odd about the data now. */
  readonly problems: readonly Diagnostic[];
}

/** A text that two services share only when they are the same: region, namespace and name. For maps, never for people. */
export function endKey(end: ObservedEnd): string {
  if (end.kind === "outside") return "outside";
  const { region, namespace, name } = end;
  // Lengths keep the parts apart, whatever they contain; JSON would do as well, and take five times as long.
  return `${region?.length ?? -1} ${namespace?.length ?? -1} ${region ?? ""}${namespace ?? ""}${name}`;
}
