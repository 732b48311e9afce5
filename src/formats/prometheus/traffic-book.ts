import type { JsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type {
  Observation,
  ObservedCapacity,
  ObservedEdge,
  ObservedEnd,
  ObservedNotice,
  ObservedService,
} from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

/** An end of traffic in a book: two are the same end when they are the same object. */
export interface BookedEnd {
  readonly id: number;
  readonly end: ObservedEnd;
}

export type Quantile = "p50" | "p95" | "p99";

export interface BookedRate {
  readonly severity: ClassSeverity;
  /** Requests per second. */
  readonly perSecond: number;
  readonly protocol?: string | undefined;
  /** Who reports it. Of two reporters of one edge only the one with the lower rank counts: both saw the same requests. Default 0. */
  readonly rank?: number;
}

interface BookedEdge {
  readonly from: BookedEnd;
  readonly to: BookedEnd;
  rank: number;
  readonly rates: Record<ClassSeverity, number>;
  failed: number;
  readonly latency: Record<Quantile, number>;
  readonly protocols: Map<string, number>;
  metadata: JsonObject | undefined;
}

/** Pairs of ends are told apart by one number. */
const pairFactor = 2 ** 26;

/**
 * Collects what the answers of several queries say about one moment, and makes an observation of it. Every edge is kept once: rates of several series add up,
 * of several latencies the greatest is kept (quantiles cannot be added up), failures are taken out of what was counted as normal.
 */
export class TrafficBook {
  readonly #ends = new Map<string, BookedEnd>();
  readonly #edges = new Map<number, BookedEdge>();
  readonly #notices = new Map<string, { notice: ObservedNotice; perSecond: number }>();
  readonly #capacities: (() => ObservedCapacity | undefined)[] = [];
  readonly #last: (() => void)[] = [];
  readonly #oddities = new Map<string, { count: number; readonly tell: (count: number) => Diagnostic }>();
  readonly #outside: BookedEnd = { id: 0, end: { kind: "outside" } };

  get outside(): BookedEnd {
    return this.#outside;
  }

  service(service: Omit<ObservedService, "kind">): BookedEnd {
    const key = `${service.region ?? ""}\n${service.namespace ?? ""}\n${service.name}`;
    const before = this.#ends.get(key);
    if (before !== undefined) return before;
    const made: BookedEnd = { id: this.#ends.size + 1, end: { kind: "service", ...service } };
    this.#ends.set(key, made);
    return made;
  }

  rate(from: BookedEnd, to: BookedEnd, { severity, perSecond, protocol, rank = 0 }: BookedRate): void {
    const edge = this.#edge(from, to, rank);
    if (rank > edge.rank) return;
    if (rank < edge.rank) {
      edge.rank = rank;
      edge.rates.normal = edge.rates.warning = edge.rates.danger = 0;
      edge.protocols.clear();
    }
    edge.rates[severity] += perSecond;
    if (protocol !== undefined) edge.protocols.set(protocol, (edge.protocols.get(protocol) ?? 0) + perSecond);
  }

  /** Of the requests that are booked as normal, so many have failed; for sources that count all and the failed ones. */
  failed(from: BookedEnd, to: BookedEnd, perSecond: number): void {
    this.#edge(from, to, 0).failed += perSecond;
  }

  /** Milliseconds. Of an edge that nobody books requests for, a latency is not shown. */
  latency(from: BookedEnd, to: BookedEnd, quantile: Quantile, ms: number): void {
    const edge = this.#edges.get(from.id * pairFactor + to.id);
    if (edge !== undefined && !(edge.latency[quantile] >= ms)) edge.latency[quantile] = ms;
  }

  /** That there is an edge, and what else is known of it; numbers under one key add up. No requests come with it. */
  presence(
    from: BookedEnd,
    to: BookedEnd,
    protocol: string | undefined,
    numbers: Readonly<Record<string, number>>,
  ): void {
    const edge = this.#edge(from, to, Infinity);
    if (protocol !== undefined && edge.protocols.size === 0) edge.protocols.set(protocol, 0);
    const sums: Record<string, number> = {};
    for (const [key, value] of Object.entries(numbers)) {
      const before = edge.metadata?.[key];
      sums[key] = (typeof before === "number" ? before : 0) + value;
    }
    edge.metadata = { ...edge.metadata, ...sums };
  }

  /** A notice on an edge; the same title on the same edge is one notice, whose rates add up. */
  noticeOnEdge(
    from: BookedEnd,
    to: BookedEnd,
    says: Pick<ObservedNotice, "title" | "severity">,
    perSecond: number,
  ): void {
    const key = `${from.id} ${to.id} ${says.title}`;
    const before = this.#notices.get(key)?.perSecond ?? 0;
    const notice = { ...says, ...between(from, to) };
    this.#notices.set(key, { notice, perSecond: before + perSecond });
  }

  /** A notice on an edge, as it is. */
  noticeBetween(from: BookedEnd, to: BookedEnd, says: Omit<ObservedNotice, "about" | "to">): void {
    this.notice({ ...says, ...between(from, to) });
  }

  notice(notice: ObservedNotice): void {
    const key = JSON.stringify(notice);
    this.#notices.set(key, { notice, perSecond: NaN });
  }

  /** Is asked for at the end, when all traffic is known. */
  capacity(make: () => ObservedCapacity | undefined): void {
    this.#capacities.push(make);
  }

  /** Is called when all answers are read. */
  atEnd(callback: () => void): void {
    this.#last.push(callback);
  }

  /** Whether a service of the region of `end` is called from outside. */
  isEnteredFromOutside({ end }: BookedEnd): boolean {
    if (end.kind === "outside") return false;
    for (const { from, to } of this.#edges.values()) {
      if (
        from === this.#outside &&
        to.end.kind === "service" &&
        to.end.region === end.region &&
        to.end !== end
      )
        return true;
    }
    return false;
  }

  /** What reaches a service, requests per second, by region. For capacities. */
  inbound(service: {
    readonly namespace: string | undefined;
    readonly name: string;
  }): ReadonlyMap<string | undefined, number> {
    const sums = new Map<string | undefined, number>();
    for (const { to, rates } of this.#edges.values()) {
      const { end } = to;
      if (end.kind === "outside" || end.name !== service.name || end.namespace !== service.namespace)
        continue;
      sums.set(end.region, (sums.get(end.region) ?? 0) + rates.normal + rates.warning + rates.danger);
    }
    return sums;
  }

  /**
   * The observation. `isEntry` tells by name which services are entrances: what they send on came from outside, where nobody is seen to call them.
   */
  finish(at: Millis, windowMs: number, isEntry: (name: string) => boolean = () => false): Observation {
    this.#addEntries(isEntry);
    for (const callback of this.#last) callback();
    return {
      at,
      windowMs,
      edges: [...this.#edges.values()].map(observed),
      notices: [...this.#notices.values()].map(({ notice, perSecond }) =>
        Number.isNaN(perSecond) ? notice : { ...notice, subtitle: `${round(perSecond)} per second` },
      ),
      capacities: this.#capacities.flatMap((make) => make() ?? []),
      problems: [...this.#oddities.values()].map(({ count, tell }) => tell(count)),
    };
  }

  /** Something odd. What has the same key is told once, by the first, with how often there was the like. */
  odd(key: string, tell: (count: number) => Diagnostic): void {
    const before = this.#oddities.get(key);
    if (before === undefined) this.#oddities.set(key, { count: 1, tell });
    else before.count += 1;
  }

  #addEntries(isEntry: (name: string) => boolean): void {
    const called = new Set([...this.#edges.values()].map(({ to }) => to.id));
    for (const { from, rates, protocols } of this.#edges.values()) {
      if (from.end.kind === "outside" || called.has(from.id) || !isEntry(from.end.name)) continue;
      const [protocol] = protocols.keys();
      for (const severity of ["normal", "warning", "danger"] as const) {
        const perSecond = rates[severity];
        if (perSecond > 0) this.rate(this.#outside, from, { severity, perSecond, protocol });
      }
    }
  }

  #edge(from: BookedEnd, to: BookedEnd, rank: number): BookedEdge {
    const key = from.id * pairFactor + to.id;
    const before = this.#edges.get(key);
    if (before !== undefined) return before;
    const made: BookedEdge = {
      from,
      to,
      rank,
      rates: { normal: 0, warning: 0, danger: 0 },
      failed: 0,
      latency: { p50: NaN, p95: NaN, p99: NaN },
      protocols: new Map(),
      metadata: undefined,
    };
    this.#edges.set(key, made);
    return made;
  }
}

function observed({ from, to, rates, failed, latency, protocols, metadata }: BookedEdge): ObservedEdge {
  const moved = Math.min(failed, rates.normal);
  const hasLatency = !(Number.isNaN(latency.p50) && Number.isNaN(latency.p95) && Number.isNaN(latency.p99));
  let protocol: string | undefined;
  for (const [name, rate] of protocols)
    if (protocol === undefined || rate > (protocols.get(protocol) ?? 0)) protocol = name;
  const edge: { -readonly [K in keyof ObservedEdge]: ObservedEdge[K] } = {
    from: from.end,
    to: to.end,
    rates: { normal: rates.normal - moved, warning: rates.warning, danger: rates.danger + moved },
  };
  if (hasLatency) edge.latencyMs = latency;
  if (protocol !== undefined) edge.protocol = protocol;
  if (metadata !== undefined) edge.metadata = metadata;
  return edge;
}

function aboutOf({ end }: BookedEnd): ObservedNotice["about"] {
  if (end.kind === "outside") return {};
  const { region, namespace, name } = end;
  return {
    ...(region === undefined ? {} : { region }),
    ...(namespace === undefined ? {} : { namespace }),
    service: name,
  };
}

/** What comes from outside has no node of its own to stand on. */
function between(from: BookedEnd, to: BookedEnd): Pick<ObservedNotice, "about" | "to"> {
  return from.end.kind === "outside" ? { about: aboutOf(to) } : { about: aboutOf(from), to: aboutOf(to) };
}

/** Three digits are enough for a person. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
