import type { Diagnostic } from "../diagnostic.ts";
import {
  endKey,
  type Observation,
  type ObservedEdge,
  type ObservedEnd,
  type ObservedLatency,
  type ObservedRates,
} from "./observation.ts";

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
  readonly heard: Heard;
  /** 0 for the first source; those that are stale come after all that are not. */
  readonly rank: number;
}

/**
 * Every edge once. Of several sources that see the same edge the first one is believed, in the order in which they are given, those that are stale last: to add
 * them up would count the same requests twice. Ends that lack a namespace are those of the one service of that name and region, where there is one.
 */
export function chooseEdges(heard: readonly Heard[]): {
  readonly edges: readonly ChosenEdge[];
  readonly problems: readonly Diagnostic[];
} {
  const order = [...heard.filter(({ isStale }) => !isStale), ...heard.filter(({ isStale }) => isStale)];
  const namespaces = namespacesOf(order);
  const chosen = new Map<string, ChosenEdge>();
  const passedOver = new Map<string, number>();
  for (const [rank, one] of order.entries()) {
    for (const edge of one.observation.edges) {
      const from = settled(edge.from, namespaces);
      const to = settled(edge.to, namespaces);
      const key = `${endKey(from)} ${endKey(to)}`;
      const before = chosen.get(key);
      if (before === undefined) chosen.set(key, { ...edge, from, to, heard: one, rank });
      else if (before.heard === one) chosen.set(key, { ...before, ...summed(before, edge) });
      else {
        const pair = `${before.heard.source}\n${one.source}`;
        passedOver.set(pair, (passedOver.get(pair) ?? 0) + 1);
      }
    }
  }
  return {
    edges: [...chosen.values()],
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

/** The namespaces that services are known to be in, by region and name. */
function namespacesOf(heard: readonly Heard[]): ReadonlyMap<string, ReadonlySet<string>> {
  const namespaces = new Map<string, Set<string>>();
  for (const { observation } of heard) {
    for (const edge of observation.edges) {
      for (const end of [edge.from, edge.to]) {
        if (end.kind === "outside" || end.namespace === undefined) continue;
        const key = placeKey(end.region, end.name);
        const known = namespaces.get(key);
        if (known === undefined) namespaces.set(key, new Set([end.namespace]));
        else known.add(end.namespace);
      }
    }
  }
  return namespaces;
}

function settled(end: ObservedEnd, namespaces: ReadonlyMap<string, ReadonlySet<string>>): ObservedEnd {
  if (end.kind === "outside" || end.namespace !== undefined) return end;
  const known = namespaces.get(placeKey(end.region, end.name));
  const [only] = known ?? [];
  return known?.size === 1 && only !== undefined ? { ...end, namespace: only } : end;
}

function placeKey(region: string | undefined, name: string): string {
  return JSON.stringify([region ?? null, name]);
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
