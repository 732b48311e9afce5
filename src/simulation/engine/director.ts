import type { DrillStage } from "#domain/drill-info.ts";

import { defaultDnsCurve, type DnsCurve } from "../dns-curve.ts";
import { pacing } from "../guards/pacing-guard.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { stageOfPhase, type PolicyPhase } from "../plan/evacuation-policy.ts";
import type { PhaseProgress } from "../session/drill-session.ts";
import type { EventKind, EventLog } from "./event-log.ts";
import { nextShift, shiftsOf } from "./fail-back.ts";
import { movesOf, resolvedAt, type NameMove } from "./name-moves.ts";
import { proxiedAt, scaledAt } from "./ramps.ts";
import type { World } from "./world.ts";

/** Below this share of its users' requests a region counts as evacuated: Taiji (SOSP 2019) does not bother with shifts of less than 1 %. */
export const evacuatedShare = 0.01;

interface Restore {
  readonly fromS: number;
  /** Shifts that it is expected to take. */
  readonly shifts: number;
  done: number;
  /** What the victim served right after the last shift, requests per second; NaN until it is known. */
  loadAfter: number;
  endedS: number | undefined;
}

/** Events at the two ends of a phase. */
const phaseEvents: Readonly<
  Record<PolicyPhase["kind"], readonly [EventKind | undefined, EventKind | undefined]>
> = {
  decide: [undefined, "failover.started"],
  provision: ["instances.requested", "instances.provisioned"],
  start: ["instances.starting", "instances.up"],
  ungate: ["ungating.started", "ungating.finished"],
  proxy: ["proxying.started", "proxying.complete"],
  dns: ["dns.flipped", undefined],
  drain: [undefined, undefined],
};

/**
 * Makes a drill happen: before every step it sets what the plan says of this moment in the world, and writes down what begins and ends. The way back is
 * its own: as a person asks for it, shift by shift, each after a look at what the victim bears.
 */
export class Director {
  readonly #plan: DrillPlan;
  readonly #world: World;
  readonly #log: EventLog;
  readonly #victim: number;
  readonly #saviours: readonly string[];
  readonly #curve: DnsCurve;
  #moves: readonly NameMove[];
  #proxied = 0;
  #hasNamesMoved = false;
  #restore: Restore | undefined;
  #evacuatedS: number | undefined;
  /** Number of the event that the next ones follow from. */
  #cause: number;
  /** What is still to be written down, in order of time. */
  readonly #due: { readonly atS: number; readonly write: () => void }[];

  constructor(plan: DrillPlan, world: World, log: EventLog, saviours: readonly string[]) {
    this.#plan = plan;
    this.#world = world;
    this.#log = log;
    this.#saviours = saviours;
    this.#victim = world.routing.victim;
    this.#curve = { ...defaultDnsCurve, ttl: plan.ttlS };
    this.#moves = movesOf(plan.policy);
    const demand = world.routing.demand.reduce((sum, rate) => sum + rate, 0);
    this.#cause = log.add("drill.started", -plan.leadInS * 1000, [plan.victim], { seed: plan.seed, demand });
    this.#due = this.#schedule();
  }

  /** Second from which the victim has been evacuated; undefined: not yet. */
  get evacuatedS(): number | undefined {
    return this.#evacuatedS;
  }

  /** Whether a name of the victim has been changed by now. */
  get hasNamesMoved(): boolean {
    return this.#hasNamesMoved;
  }

  /** Sets the world for the step that ends at `tS`, seconds after the failure. */
  prepare(tS: number): void {
    const { routing, regionErrors, present, scaled } = this.#world;
    const isFailing = tS > 0 && this.#restore === undefined;
    const { errorShare, capacityLoss } = this.#plan.failure;
    regionErrors[this.#victim] = isFailing ? errorShare : 0;
    present[this.#victim] = isFailing ? 1 - capacityLoss : 1;
    const { policy } = this.#plan;
    if (this.#restore === undefined) {
      const share = scaledAt(policy, tS);
      for (let r = 0; r < scaled.length; r += 1) scaled[r] = routing.shares[r]! > 0 ? share : 0;
      this.#proxied = proxiedAt(policy, tS);
    } else this.#shift(this.#restore, tS);
    // A region that has lost everything has no front door that could pass anything on.
    routing.proxied = present[this.#victim]! > 0 ? this.#proxied : 0;
    this.#hasNamesMoved = (this.#moves[0]?.atS ?? Infinity) <= tS;
    routing.resolved = resolvedAt(this.#moves, this.#curve, tS);
    while (this.#due[0] !== undefined && this.#due[0].atS <= tS) this.#due.shift()?.write();
  }

  /** Looks at what the step has brought. */
  conclude(tS: number): void {
    if (this.#evacuatedS !== undefined || this.#restore !== undefined || !this.#hasPlan) return;
    const { demand, load } = this.#world.routing;
    const lastEnd = Math.max(...this.#plan.policy.phases.map(({ endS }) => endS));
    if (tS < lastEnd || load[this.#victim]! > evacuatedShare * demand[this.#victim]!) return;
    this.#evacuatedS = tS;
    this.#note("region.evacuated", tS, [this.#plan.victim], { stale: this.#world.routing.resolved });
  }

  /** The victim is well again, and its users come back. Once only. */
  failBack(tS: number): void {
    if (this.#restore !== undefined) return;
    const { routing, fleets, scaled } = this.#world;
    this.#due.length = 0;
    this.#moves = this.#moves.filter(({ atS }) => atS <= tS);
    // Whoever takes traffic on is scaled for it; the evacuee was kept from being scaled down meanwhile (Netflix, Mantis).
    scaled[this.#victim] = 1;
    const capacity = fleets.goal[this.#victim]!;
    const waits = this.#proxied === 1 && this.#moves.length > 0 ? 1 : 0;
    const shifts = waits + shiftsOf(routing.demand[this.#victim]!, routing.load[this.#victim]!, capacity);
    this.#restore = { fromS: tS, shifts, done: 0, loadAfter: NaN, endedS: undefined };
    this.#note("failback.started", tS, [this.#plan.victim], {
      steps: shifts,
      seconds: shifts * pacing.epoch,
    });
  }

  stage(tS: number): DrillStage {
    if (this.#restore !== undefined) return this.#restore.endedS === undefined ? "restoring" : "restored";
    if (this.#evacuatedS !== undefined) return "evacuated";
    if (tS <= 0) return "before";
    let stage: DrillStage = "failing";
    let sinceS = -1;
    for (const { kind, startS, endS } of this.#plan.policy.phases) {
      if (kind === "decide" && tS >= endS && endS > sinceS) {
        stage = "decided";
        sinceS = endS;
      }
      // What begins when a decision falls is what people see next.
      if (kind !== "decide" && tS >= startS && startS >= sinceS) {
        stage = stageOfPhase[kind];
        sinceS = startS;
      }
    }
    return stage;
  }

  phases(tS: number): readonly PhaseProgress[] {
    const restore = this.#restore;
    const until = restore?.fromS ?? Infinity;
    const planned = this.#plan.policy.phases.map(({ kind, startS, endS }): PhaseProgress => {
      const isOver = tS >= endS || tS >= until;
      const state = tS < startS || tS <= 0 ? "waiting" : isOver ? "done" : "running";
      return { kind, startS, endS, state: startS >= until ? "waiting" : state };
    });
    if (restore === undefined) return planned;
    const endS = restore.endedS ?? restore.fromS + restore.shifts * pacing.epoch;
    const state = restore.endedS === undefined ? "running" : "done";
    return [...planned, { kind: "restore", startS: restore.fromS, endS, state }];
  }

  get #hasPlan(): boolean {
    return this.#plan.policy.phases.length > 0;
  }

  /** A shift whenever an epoch begins. */
  #shift(restore: Restore, tS: number): void {
    const { routing, fleets } = this.#world;
    const load = routing.load[this.#victim]!;
    if (Number.isNaN(restore.loadAfter)) restore.loadAfter = load;
    if (restore.endedS !== undefined || tS < restore.fromS + restore.done * pacing.epoch) return;
    const demand = routing.demand[this.#victim]!;
    const shift = nextShift({
      tS,
      demand,
      load,
      crept: Math.max(0, load - restore.loadAfter),
      capacity: fleets.goal[this.#victim]!,
      proxied: this.#proxied,
      moves: this.#moves,
      curve: this.#curve,
    });
    this.#moves = shift.moves;
    this.#proxied = shift.proxied;
    restore.done += 1;
    restore.loadAfter = NaN;
    const away = shift.moves.reduce((sum, { share }) => sum + share, 0);
    const data = { step: restore.done, proxied: shift.proxied, namesAway: Math.max(0, away) };
    this.#note("restore.step", tS, [this.#plan.victim], data);
    if (!shift.isLast) return;
    restore.endedS = tS;
    this.#note("region.restored", tS, [this.#plan.victim], { demand });
  }

  #note(
    kind: EventKind,
    tS: number,
    target: readonly string[],
    data: Readonly<Record<string, number>>,
  ): void {
    this.#cause = this.#log.add(kind, Math.round(tS * 1000), target, data, this.#cause);
  }

  /** What will happen by itself. */
  #schedule(): { readonly atS: number; readonly write: () => void }[] {
    const { victim, failure, policy } = this.#plan;
    const isHealthy = failure.errorShare === 0 && failure.capacityLoss === 0;
    const facts = { errorShare: failure.errorShare, capacityLoss: failure.capacityLoss };
    const kind = isHealthy ? "exercise.started" : "region.failed";
    const due = [{ atS: 0, write: () => this.#note(kind, 0, [victim], facts) }];
    for (const { kind: phase, startS, endS } of policy.phases) {
      const target = phase === "decide" || phase === "drain" ? [victim] : this.#saviours;
      const [atStart, atEnd] = phaseEvents[phase];
      const seconds = { seconds: endS - startS };
      if (atStart !== undefined) {
        due.push({ atS: startS, write: () => this.#note(atStart, startS, target, seconds) });
      }
      if (atEnd !== undefined) due.push({ atS: endS, write: () => this.#note(atEnd, endS, target, {}) });
    }
    if (policy.phases.some((phase) => phase.kind === "drain")) {
      let away = 0;
      for (const { atS, share } of this.#moves) {
        away += share;
        const data = { share, away };
        due.push({ atS, write: () => this.#note("drain.step", atS, [victim], data) });
      }
    }
    return due.toSorted((a, b) => a.atS - b.atS);
  }
}
