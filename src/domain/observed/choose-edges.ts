import { must } from "#base/assert.ts";
import { eachInSlices, type Slices } from "#base/slices.ts";

import type { Diagnostic } from "../diagnostic.ts";
import {
  endKey,
  type Observation,
  type ObservedEdge,
  type ObservedEnd,
  type ObservedLatency,
  type ObservedRates,
  type ObservedService,
} from "./observation.ts";

/** Edges that are worked on in one go: a few milliseconds. */
export const sliceEdges = 500;

/** What a source said last, and how it is. */
export interface Heard {
  /** Name of the source, unique. */
  readonly source: string;
  readonly observation: Observation;
  /** It has not been heard of for too long. */
  readonly isStale: boolean;
}

/** An edge as it is shown, and who said so. */
export interface ChosenEdge extends ObservedEdge {
  /** Numbers of its ends: the same end has the same number, and is the same object, in all edges. */
  readonly source: number;
  readonly target: number;
  readonly heard: Heard;
  /** 0 for the first source; those that are stale come after all that are not. */
  readonly rank: number;
}

export interface Chosen {
  readonly edges: readonly ChosenEdge[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Every edge once. Of several sources that see the same edge the first one is believed, in the order in which they are given, those that are stale last: to add
 * them up would count the same requests twice. Ends that lack a namespace are those of the one service of that name and region, where there is one.
 */
export function* chooseEdges(heard: readonly Heard[]): Slices<Chosen> {
  const order = [...heard.filter(({ isStale }) => !isStale), ...heard.filter(({ isStale }) => isStale)];
  const ends = new Ends(order);
  const chosen = new Map<number, ChosenEdge>();
  const passedOver = new Map<string, number>();
  for (const [rank, one] of order.entries()) {
    yield* eachInSlices(one.observation.edges, sliceEdges, (edge) => {
      const source = ends.numberOf(edge.from);
      const target = ends.numberOf(edge.to);
      const key = source * 2 ** 24 + target;
      const before = chosen.get(key);
      if (before === undefined) chosen.set(key, Object.assign({ source, target, heard: one, rank }, edge));
      else if (before.heard === one) Object.assign(before, summed(before, edge));
      else {
        const pair = `${before.heard.source}\n${one.source}`;
        passedOver.set(pair, (passedOver.get(pair) ?? 0) + 1);
      }
    });
  }
  yield;
  return {
    // What rows said of a service after its first edge was met is known only now.
    edges: [...chosen.values()].map((edge) =>
      Object.assign(edge, { from: ends.of(edge.source), to: ends.of(edge.target) }),
    ),
    problems: [...passedOver].map(([pair, count]) => seenTwice(pair, count)),
  };
}

/** Rates add up; latencies are weighed by the requests that they are of, which is exact for means and near for quantiles of like services. */
export function summed(
  a: Pick<ObservedEdge, "rates" | "latencyMs">,
  b: Pick<ObservedEdge, "rates" | "latencyMs">,
): { readonly rates: ObservedRates; readonly latencyMs?: ObservedLatency } {
  const rates = {
    normal: a.rates.normal + b.rates.normal,
    warning: a.rates.warning + b.rates.warning,
    danger: a.rates.danger + b.rates.danger,
  };
  if (a.latencyMs === undefined || b.latencyMs === undefined) {
    const latencyMs = a.latencyMs ?? b.latencyMs;
    return latencyMs === undefined ? { rates } : { rates, latencyMs };
  }
  const ofA = totalRate(a.rates);
  const ofB = totalRate(b.rates);
  const mean = (x: number, y: number): number => {
    if (Number.isNaN(x)) return y;
    if (Number.isNaN(y)) return x;
    return ofA + ofB === 0 ? (x + y) / 2 : (x * ofA + y * ofB) / (ofA + ofB);
  };
  const p50 = mean(a.latencyMs.p50, b.latencyMs.p50);
  const p95 = mean(a.latencyMs.p95, b.latencyMs.p95);
  return { rates, latencyMs: { p50, p95, p99: mean(a.latencyMs.p99, b.latencyMs.p99) } };
}

export function totalRate({ normal, warning, danger }: ObservedRates): number {
  return normal + warning + danger;
}

/** Ends by number, each of them once, with the namespace that it is known to be in. */
class Ends {
  /** By region and name: the namespaces that services are known to be in. */
  readonly #namespaces = new Map<string, Set<string>>();
  readonly #numbers = new Map<string, number>();
  readonly #ends: ObservedEnd[] = [];

  constructor(heard: readonly Heard[]) {
    for (const { observation } of heard) {
      for (const { from, to } of observation.edges) {
        this.#note(from);
        this.#note(to);
      }
    }
  }

  of(number: number): ObservedEnd {
    return must(this.#ends[number]);
  }

  numberOf(said: ObservedEnd): number {
    const end = this.#settled(said);
    const key = endKey(end);
    const known = this.#numbers.get(key);
    if (known === undefined) {
      this.#numbers.set(key, this.#ends.length);
      this.#ends.push(end);
      return this.#ends.length - 1;
    }
    const before = must(this.#ends[known]);
    if (end.kind === "service" && before.kind === "service") this.#ends[known] = withMore(before, end);
    return known;
  }

  #note(end: ObservedEnd): void {
    if (end.kind === "outside" || end.namespace === undefined) return;
    const key = placeKey(end);
    const known = this.#namespaces.get(key);
    if (known === undefined) this.#namespaces.set(key, new Set([end.namespace]));
    else known.add(end.namespace);
  }

  #settled(end: ObservedEnd): ObservedEnd {
    if (end.kind === "outside" || end.namespace !== undefined) return end;
    const known = this.#namespaces.get(placeKey(end));
    const [only] = known ?? [];
    return known?.size === 1 && only !== undefined ? { ...end, namespace: only } : end;
  }
}

/** What one row says of a service and another does not. */
function withMore(end: ObservedService, more: ObservedService): ObservedService {
  const lacksType = end.type === undefined && more.type !== undefined;
  const lacksMetadata = end.metadata === undefined && more.metadata !== undefined;
  return lacksType || lacksMetadata ? { ...more, ...end } : end;
}

function placeKey({ region, name }: ObservedService): string {
  return `${region ?? ""}\n${name}`;
}

function seenTwice(pair: string, count: number): Diagnostic {
  const [shown = "", other = ""] = pair.split("\n");
  return {
    kind: "note",
    place: other,
    found: `${count} ${count === 1 ? "edge is" : "edges are"} also seen by ${shown}`,
    done: `showed the numbers of ${shown}, which comes first; adding them up would count requests twice`,
  };
}
