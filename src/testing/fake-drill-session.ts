import { ok } from "#base/result.ts";
import type { DrillStage } from "#domain/drill-info.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { StartDrill } from "#server/drills/shared-drill.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type {
  DrillEvent,
  DrillRequest,
  DrillResult,
  DrillSession,
  LoadHistory,
} from "#simulation/session/drill-session.ts";

/** When a fake drill has evacuated its region, simulated milliseconds after the failure. */
export const fakeEvacuatedMs = 480_000;
/** How long its way back takes. */
const restoreMs = 60_000;

/** Computes nothing: its first rate tells the simulated time, and what was observed of its third node is half a second old. */
export class FakeDrillSession implements DrillSession {
  readonly id = "fake";
  readonly plan: DrillRequest["plan"];
  readonly shares = new Map([["west", 1]]);
  readonly events: readonly DrillEvent[] = [];
  readonly phases = [];
  elapsedMs: number;
  /** What `advanceTo` throws, once it is set. */
  fault: Error | undefined;
  #restoreMs: number | undefined;
  readonly #frame: TrafficSnapshot;

  constructor({ plan, frame }: DrillRequest) {
    this.plan = plan;
    this.#frame = frame;
    this.elapsedMs = -1000 * plan.leadInS;
  }

  get stage(): DrillStage {
    if (this.#restoreMs !== undefined) {
      return this.elapsedMs < this.#restoreMs + restoreMs ? "restoring" : "restored";
    }
    return this.elapsedMs < fakeEvacuatedMs ? "dns" : "evacuated";
  }

  get forecast(): Forecast {
    return {
      victim: this.plan.victim,
      moved: 0,
      saviours: [],
      total: { after: 0, capacity: { low: 0, high: 0 }, utilisation: { low: 0, high: 0 } },
      verdict: "unknown",
      shed: 0,
      lost: [],
      caveats: [],
    };
  }

  get loads(): LoadHistory {
    const none = new Float64Array();
    return { regions: [], rows: 0, load: none, arriving: none, capacity: none, failed: none };
  }

  advanceTo(elapsedMs: number): void {
    if (this.fault !== undefined) throw this.fault;
    this.elapsedMs = elapsedMs;
  }

  failBack(): void {
    this.#restoreMs ??= this.elapsedMs;
  }

  snapshot(): TrafficSnapshot {
    const values = this.#frame.values.slice();
    values[0] = Math.max(0, this.elapsedMs);
    const at = this.#frame.at + 1000 * this.plan.leadInS + this.elapsedMs;
    const snapshot = createSnapshot({ ...this.#frame, at, values, simulated: this.info() });
    snapshot.observedAt[2] = at - 500;
    return snapshot;
  }

  info(): NonNullable<TrafficSnapshot["simulated"]> {
    const { victim, saviours } = this.plan;
    return { drill: this.id, victim, saviours, stage: this.stage, elapsedMs: this.elapsedMs };
  }

  result(): DrillResult {
    return {
      minutesToEvacuate: undefined,
      errorMinutes: 0,
      worstUtilisation: 0,
      worstRegion: undefined,
      lostRate: 0,
      isStuck: false,
    };
  }

  hash(): string {
    return "0";
  }
}

/** Starts fakes, and keeps them for the test to look at. */
export function fakeDrills(): { readonly startDrill: StartDrill; readonly sessions: FakeDrillSession[] } {
  const sessions: FakeDrillSession[] = [];
  return {
    sessions,
    startDrill: (request) => {
      const session = new FakeDrillSession(request);
      sessions.push(session);
      return ok(session);
    },
  };
}
