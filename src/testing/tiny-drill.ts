import { hashText } from "#base/random.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { DrillInfo, DrillStage } from "#domain/drill-info.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { DrillBasis } from "#players/drill-control.ts";
import type { SimulationEngine } from "#players/simulation-desk.ts";
import type { RegionLoss } from "#players/simulation-service.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import type {
  DrillEvent,
  DrillRequest,
  DrillResult,
  DrillSession,
  LoadHistory,
  PhaseProgress,
} from "#simulation/session/drill-session.ts";

/** Rates are those of the frame until the failure, and then grow by so much of themselves in each second; back again after failing back. */
const growthPerS = 0.01;

/** A drill that a test can predict: it knows nothing of traffic, but keeps what a session promises. `thrown` makes it break off at a moment. */
export function tinyEngine(thrown: { atMs?: number } = {}): SimulationEngine {
  return {
    startDrill: (request) => {
      const regions = regionNames(request.frame);
      const fault = faultOf(regions, request.plan);
      return fault === undefined ? ok(new TinyDrill(request, regions, thrown)) : err(fault);
    },
    makeForecast: tinyForecast,
    survival: (basis) =>
      ok(
        regionNames(basis.frame).map((victim): RegionLoss => ({
          victim,
          forecast: tinyForecast(basis, { victim, saviours: [] }),
        })),
      ),
  };
}

/** 0, 1, 2 ...: every row of loads is another. */
const counting = Float64Array.from({ length: 10_000 }, (_, i) => i);

function tinyForecast(
  { frame }: DrillBasis,
  { victim, saviours }: Pick<DrillPlan, "victim" | "saviours">,
): Result<Forecast, DrillFault> {
  const regions = regionNames(frame);
  const fault = faultOf(regions, { victim });
  if (fault !== undefined) return err(fault);
  const unknown = { low: NaN, high: NaN };
  const others = saviours.length > 0 ? saviours : regions.filter((name) => name !== victim);
  return ok({
    victim,
    moved: frame.rates[0] ?? 0,
    saviours: others.map((region) => ({
      region,
      share: 1 / others.length,
      before: 0,
      after: 0,
      capacity: unknown,
      capacitySource: "none",
      utilisation: unknown,
      fit: "unknown",
      worstService: undefined,
      services: [],
    })),
    total: { after: 0, capacity: unknown, utilisation: unknown },
    verdict: "unknown",
    shed: 0,
    lost: [],
    caveats: [],
  });
}

function regionNames({ topology }: TrafficSnapshot): readonly string[] {
  return (topology.children[0] ?? []).flatMap((node) => {
    const { name, isEntry } = topology.nodes[node] ?? { name: "" };
    return isEntry === true ? [] : [name];
  });
}

function faultOf(regions: readonly string[], { victim }: Pick<DrillPlan, "victim">): DrillFault | undefined {
  return regions.includes(victim)
    ? undefined
    : {
        kind: "no-such-region",
        message: `There is no region "${victim}". There are: ${regions.join(", ")}.`,
      };
}

class TinyDrill implements DrillSession {
  readonly id: string;
  readonly plan: DrillPlan;
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  readonly events: DrillEvent[] = [];
  elapsedMs: number;
  readonly #request: DrillRequest;
  readonly #regions: readonly string[];
  readonly #thrown: { atMs?: number };
  #failedBackAt: number | undefined;

  constructor(request: DrillRequest, regions: readonly string[], thrown: { atMs?: number }) {
    const { plan, commands } = request;
    this.#request = request;
    this.#regions = regions;
    this.#thrown = thrown;
    const others = regions.filter((name) => name !== plan.victim);
    this.plan = { ...plan, saviours: others };
    this.shares = new Map(others.map((name) => [name, 1 / others.length]));
    this.id = String(hashText(JSON.stringify([plan, commands])));
    const forecast = tinyForecast(request, plan);
    if (!forecast.ok) throw new Error(forecast.error.message);
    this.forecast = forecast.value;
    this.elapsedMs = -1000 * plan.leadInS;
  }

  get stage(): DrillStage {
    if (this.#failedBackAt !== undefined) return "restoring";
    return this.elapsedMs < 0 ? "before" : "failing";
  }

  get phases(): readonly PhaseProgress[] {
    const at = this.elapsedMs / 1000;
    return this.plan.policy.phases.map(({ kind, startS, endS }) => ({
      kind,
      startS,
      endS,
      state: at < startS ? "waiting" : at < endS ? "running" : "done",
    }));
  }

  advanceTo(elapsedMs: number): void {
    for (let second = Math.floor(this.elapsedMs / 1000) + 1; second * 1000 <= elapsedMs; second += 1) {
      const atMs = second * 1000;
      if (atMs === this.#thrown.atMs) throw new Error("out of steam");
      for (const command of this.#request.commands) if (command.atMs === atMs - 1000) this.failBack();
      this.elapsedMs = atMs;
      if (atMs === 0) this.#log("region.failed");
      for (const { kind, startS } of this.plan.policy.phases)
        if (startS === second) this.#log(`${kind}.started`);
    }
    this.elapsedMs = Math.max(this.elapsedMs, elapsedMs);
  }

  failBack(): void {
    if (this.#failedBackAt !== undefined) return;
    this.#failedBackAt = this.elapsedMs;
    this.#log("failback.started");
  }

  snapshot(): TrafficSnapshot {
    const { frame, plan } = this.#request;
    const factor = 1 + growthPerS * this.#grownS();
    const values = frame.values.slice();
    for (let slot = 0; slot < frame.rates.length; slot += 1) values[slot] = (values[slot] ?? 0) * factor;
    const { windowMs, topology, notices } = frame;
    const at = frame.at + 1000 * plan.leadInS + this.elapsedMs;
    return createSnapshot({ at, windowMs, topology, notices, values, simulated: this.info() });
  }

  info(): DrillInfo {
    const { id, plan, stage, elapsedMs } = this;
    return { drill: id, victim: plan.victim, saviours: plan.saviours, stage, elapsedMs };
  }

  get loads(): LoadHistory {
    const rows = Math.floor((this.elapsedMs + 1000 * this.plan.leadInS) / 1000);
    const regions = this.#regions;
    const column = counting.subarray(0, rows * regions.length);
    return { regions, rows, load: column, arriving: column, capacity: column, failed: column };
  }

  result(): DrillResult {
    return {
      minutesToEvacuate: undefined,
      errorMinutes: this.#grownS() / 60,
      worstUtilisation: 0,
      worstRegion: undefined,
      lostRate: 0,
      isStuck: false,
    };
  }

  hash(): string {
    return `${this.id} ${this.events.map(({ kind, atMs }) => `${kind}@${atMs}`).join(" ")}`;
  }

  #grownS(): number {
    const until = Math.min(this.elapsedMs, this.#failedBackAt ?? Infinity);
    return Math.max(0, until) / 1000;
  }

  #log(kind: string): void {
    const seq = this.events.length;
    this.events.push({ seq, atMs: this.elapsedMs, kind, target: [this.plan.victim], data: {} });
  }
}
