import type { JsonObject } from "#base/json.ts";
import type { Random } from "#base/random.ts";

import { rounded, split, steadyState, type Call } from "./steady-state.ts";
import { calls, remarks, services, type Region, type Service } from "./streaming-company.ts";

/** Requests per second by class. */
export interface Rates {
  readonly normal: number;
  readonly warning: number;
  readonly danger: number;
}

/** The moment at which all files were "written": 2026-11-02 20:15:00 UTC, Monday evening on the East Coast. */
export const writtenAt = 1_793_650_500_000;

/** One region with its services, and what enters it by class, which is the sum over INTERNET's edges inside. */
export function makeRegion(
  region: Region,
  random: Random,
): { readonly node: JsonObject; readonly entering: Rates } {
  const present = services.filter(({ regions }) => regions === undefined || regions.includes(region.name));
  const edges = regionCalls(present, random);
  const volumes = steadyState(present.length, edges, region.inbound);
  const rates = edgeRates(region, present, edges, volumes, random);
  const inbound = present.map((_, index) => sumOf(rates.filter((_rate, edge) => edges[edge]?.to === index)));
  const node = {
    renderer: "region",
    name: region.name,
    class: "normal",
    maxVolume: region.maxVolume,
    updated: writtenAt,
    metadata: { location: region.location },
    nodes: present.map((service, index) => serviceNode(region, service, inbound[index] ?? none, random)),
    connections: edges.map((edge, index) => connection(region, present, edge, rates[index] ?? none, random)),
  };
  return { node, entering: sumOf(rates.filter((_rate, edge) => edges[edge]?.from === 0)) };
}

const none: Rates = { normal: 0, warning: 0, danger: 0 };

/** The calls between the services of a region; gains differ by some per cent between regions, as they do. */
function regionCalls(present: readonly Service[], random: Random): readonly Call[] {
  const position = new Map(present.map(({ name }, index) => [name, index]));
  const found: Call[] = [];
  for (const [from, { name }] of present.entries()) {
    for (const [target, gain] of Object.entries(calls[name] ?? {})) {
      const to = position.get(target);
      if (to !== undefined)
        found.push({ from, to, gain: name === "INTERNET" ? gain : gain * vary(random, 0.04) });
    }
  }
  return found;
}

/** Volumes of all calls by class, rounded; those from INTERNET add up to the region's inbound to the digit. */
function edgeRates(
  region: Region,
  present: readonly Service[],
  edges: readonly Call[],
  volumes: readonly number[],
  random: Random,
): readonly Rates[] {
  const entrances = edges.filter(({ from }) => from === 0);
  const entering = split(
    region.inbound,
    entrances.map(({ gain }) => gain),
  );
  return edges.map((edge) => {
    const target = present[edge.to];
    const isEntrance = edge.from === 0;
    const total = isEntrance
      ? (entering[entrances.indexOf(edge)] ?? 0)
      : rounded((volumes[edge.from] ?? 0) * edge.gain);
    const failing = isEntrance ? region.danger * vary(random, 0.2) : baselineErrors(target, random);
    const degraded = isEntrance
      ? region.warning * vary(random, 0.3)
      : (target?.degraded ?? 0) * vary(random, 0.3);
    const danger = rounded(total * failing);
    const warning = rounded(total * degraded);
    return { normal: rounded(total - danger - warning), warning, danger };
  });
}

/** Between one and five in a thousand; stores fail less often than services. */
function baselineErrors(target: Service | undefined, random: Random): number {
  const least = target?.type === "storage" ? 0.0005 : 0.001;
  const most = target?.type === "storage" ? 0.002 : 0.005;
  // The square makes low values the usual ones.
  const draw = random();
  return least + (most - least) * draw * draw;
}

function serviceNode(region: Region, service: Service, inbound: Rates, random: Random): JsonObject {
  if (service.type === "users")
    return { renderer: "focusedChild", name: service.name, node_type: service.type };
  const notices = remarks
    .filter(
      (remark) => remark.region === region.name && remark.service === service.name && remark.to === undefined,
    )
    .map(({ notice }) => ({ ...notice, severity: 0 }));
  return {
    renderer: "focusedChild",
    name: service.name,
    node_type: service.type,
    metadata: { owner: service.team },
    ...(notices.length === 0 ? {} : { notices }),
    nodes: instances(region, service, inbound, random),
  };
}

/** Two to six instances over the zones, of stores at least three; what they report adds up to what the service gets. */
function instances(region: Region, service: Service, inbound: Rates, random: Random): readonly JsonObject[] {
  const total = inbound.normal + inbound.warning + inbound.danger;
  const isStore = service.type === "storage";
  const count = Math.min(6, isStore ? 3 + Math.floor(total / 15_000) : 2 + Math.floor(total / 4500));
  const weights = Array.from({ length: count }, () => vary(random, 0.12));
  const normal = split(inbound.normal, weights);
  const warning = split(inbound.warning, weights);
  const danger = split(inbound.danger, weights);
  return weights.map((_, index) => ({
    name: `${service.name}-${hex(random, 5)}`,
    metadata: { zone: `${region.name}${region.zones[index % region.zones.length]}` },
    metrics: metrics({
      normal: normal[index] ?? 0,
      warning: warning[index] ?? 0,
      danger: danger[index] ?? 0,
    }),
  }));
}

function connection(
  region: Region,
  present: readonly Service[],
  { from, to }: Call,
  rates: Rates,
  random: Random,
): JsonObject {
  const source = present[from]?.name ?? "";
  const target = present[to];
  const notices = remarks
    .filter(
      (remark) => remark.region === region.name && remark.service === source && remark.to === target?.name,
    )
    .map(({ notice }) => ({ ...notice, severity: 0 }));
  return {
    source,
    target: target?.name ?? "",
    metrics: metrics(rates),
    latencyMs: latency((target?.latencyMs ?? 0) * vary(random, 0.1), random),
    ...(notices.length === 0 ? {} : { notices }),
  };
}

/** Percentiles around a median, as far apart as healthy services have them. */
export function latency(median: number, random: Random): JsonObject {
  const p95 = median * (2.2 + random());
  return { p50: rounded(median), p95: rounded(p95), p99: rounded(p95 * (1.6 + random())) };
}

/** Only the classes that flow. */
export function metrics(rates: Rates): JsonObject {
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate > 0));
}

function sumOf(rates: readonly Rates[]): Rates {
  const add = (name: keyof Rates) => rounded(rates.reduce((sum, rate) => sum + rate[name], 0));
  return { normal: add("normal"), warning: add("warning"), danger: add("danger") };
}

/** A factor around 1. */
function vary(random: Random, by: number): number {
  return 1 + (random() * 2 - 1) * by;
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
}
