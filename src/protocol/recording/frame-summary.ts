import type { Millis } from "#base/time.ts";
import { healthOf, severityRates, type Health } from "#domain/health.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeVolumes } from "#domain/volume.ts";

/** What a timeline shows of one frame. */
export interface FrameSummary {
  readonly at: Millis;
  /** Requests per second that enter the whole, and how many of them warn or fail. */
  readonly total: number;
  readonly warning: number;
  readonly danger: number;
  /** Health of the whole or of the region that is worst off: 0 healthy or silent, 1 degraded, 2 failing. */
  readonly worst: 0 | 1 | 2;
  /** Median latency in milliseconds over the edges inside the root that have one, weighted by rate; undefined where none is known. */
  readonly latencyMs: number | undefined;
  /** Notices of severity 1 and 2. */
  readonly notices: number;
  readonly isSimulated: boolean;
}

const severityOfHealth: Readonly<Record<Health, 0 | 1 | 2>> = {
  silent: 0,
  healthy: 0,
  degraded: 1,
  failing: 2,
};

/** `volumes` are those of the snapshot. */
export function summarise(snapshot: TrafficSnapshot, { through }: NodeVolumes): FrameSummary {
  const { at, topology, notices } = snapshot;
  const { total, warning, danger } = severityRates(through, 0, topology.classes);
  let worst: 0 | 1 | 2 = severityOfHealth[healthOf({ total, warning, danger })];
  for (const node of topology.children[0] ?? []) {
    const health = severityOfHealth[healthOf(severityRates(through, node, topology.classes))];
    if (health > worst) worst = health;
  }
  return {
    at,
    total,
    warning,
    danger,
    worst,
    latencyMs: meanLatency(snapshot),
    notices: notices.filter(({ severity }) => severity > 0).length,
    isSimulated: snapshot.simulated !== undefined,
  };
}

/** The median latency of the edges at the top, weighted by what they carry. */
function meanLatency({ topology, rates, latencyMs }: TrafficSnapshot): number | undefined {
  let sum = 0;
  let weight = 0;
  for (const edge of topology.inside[0] ?? []) {
    const latency = latencyMs.p50[edge]!;
    if (Number.isNaN(latency)) continue;
    const { total } = severityRates(rates, edge, topology.classes);
    sum += latency * total;
    weight += total;
  }
  return weight > 0 ? sum / weight : undefined;
}

/** A summary as it is stored and sent: numbers in a row, rates with five digits. */
export type SummaryRow = readonly [
  at: Millis,
  total: number,
  warning: number,
  danger: number,
  worst: number,
  latencyMs: number | null,
  notices: number,
  simulated: 0 | 1,
];

export function summaryRow(summary: FrameSummary): SummaryRow {
  const { at, total, warning, danger, worst, latencyMs, notices, isSimulated } = summary;
  return [
    at,
    short(total),
    short(warning),
    short(danger),
    worst,
    latencyMs === undefined ? null : short(latencyMs),
    notices,
    isSimulated ? 1 : 0,
  ];
}

/** Reads a row, whoever has written it. */
export function readSummaryRow(raw: unknown): SummaryRow | undefined {
  if (!Array.isArray(raw) || raw.length < 8) return undefined;
  const [at, total, warning, danger, worst, latency, notices, simulated] = raw.map((value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? value : undefined,
  );
  if (at === undefined || total === undefined || warning === undefined || danger === undefined)
    return undefined;
  if (worst === undefined || notices === undefined) return undefined;
  return [at, total, warning, danger, worst, latency ?? null, notices, simulated === 1 ? 1 : 0];
}

function short(value: number): number {
  return Number(value.toPrecision(5));
}
