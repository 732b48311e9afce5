import type { DrillStage } from "#domain/drill-info.ts";

/**
 * One phase of an evacuation. Times are simulated seconds after the failure.
 *
 * - `decide`: people or programs find out and decide; nothing moves.
 * - `provision`: instances are asked for and come; nothing is up yet.
 * - `start`: instances boot, connect and register; they are up at the end of the phase, and warm up from then on.
 * - `ungate`: instances that wait in the dark are opened, evenly over the phase.
 * - `proxy`: the share of the victim's traffic that its front door passes on rises evenly from 0 to 1; it stays at 1 afterwards.
 * - `dns`: at its beginning all names point to the saviours; clients follow along the decay curve, however long the phase is said to last.
 * - `drain`: names are moved in `steps` equal steps over the phase; each step decays along the curve.
 */
export interface PolicyPhase {
  readonly kind: "decide" | "provision" | "start" | "ungate" | "proxy" | "dns" | "drain";
  readonly startS: number;
  readonly endS: number;
  /** Of a `drain` or a `proxy`: moves in so many equal steps; evenly when absent. */
  readonly steps?: number;
}

/** How a region is evacuated. Phases may overlap; those of one kind may not. */
export interface EvacuationPolicy {
  /** One of `policyIds`, or "custom" once somebody has changed a duration. */
  readonly id: PolicyId | "custom";
  readonly phases: readonly PolicyPhase[];
  /**
   * Capacity that the saviours have from the beginning beyond what they need for their own traffic: 0 none (they are scaled to their load), 1 all that
   * the evacuation will need ("hot").
   */
  readonly readyCapacity: number;
}

export type PolicyId =
  | "nimble"
  | "classic"
  | "dns-only"
  | "proxy-without-scaling"
  | "hot"
  | "drain"
  | "nothing";

const minute = 60;

/**
 * The policies that the panel offers.
 *
 * - `nimble`: Netflix's Project Nimble (2018) evacuates in 8 minutes out of dark capacity. How the 8 minutes are divided was not published; this
 *   division is an assumption, and the page says so.
 * - `classic`: the same source on the time before: 5 minutes to decide, 3 to 5 to provision, 25 to start, 10 to proxy, 5 for DNS: 48 to 50 in all.
 * - `drain`: Facebook's Maelstrom (OSDI 2018, table 3): stateless web traffic in ten steps of a minute.
 * - `dns-only`, `proxy-without-scaling`, `hot`, `nothing`: what one would do without the other parts; they teach what each part is for.
 */
export const policies: Readonly<Record<PolicyId, EvacuationPolicy>> = {
  nimble: {
    id: "nimble",
    readyCapacity: 0,
    phases: [
      { kind: "decide", startS: 0, endS: minute },
      { kind: "ungate", startS: minute, endS: 3 * minute },
      { kind: "proxy", startS: 3 * minute, endS: 5 * minute },
      { kind: "dns", startS: 5 * minute, endS: 8 * minute },
    ],
  },
  classic: {
    id: "classic",
    readyCapacity: 0,
    phases: [
      { kind: "decide", startS: 0, endS: 5 * minute },
      { kind: "provision", startS: 5 * minute, endS: 9 * minute },
      { kind: "start", startS: 9 * minute, endS: 34 * minute },
      { kind: "proxy", startS: 34 * minute, endS: 44 * minute },
      { kind: "dns", startS: 44 * minute, endS: 49 * minute },
    ],
  },
  "dns-only": {
    id: "dns-only",
    readyCapacity: 0,
    phases: [
      { kind: "decide", startS: 0, endS: minute },
      { kind: "ungate", startS: minute, endS: 3 * minute },
      { kind: "dns", startS: 3 * minute, endS: 8 * minute },
    ],
  },
  "proxy-without-scaling": {
    id: "proxy-without-scaling",
    readyCapacity: 0,
    phases: [
      { kind: "decide", startS: 0, endS: minute },
      { kind: "proxy", startS: minute, endS: 2 * minute },
      { kind: "dns", startS: 2 * minute, endS: 5 * minute },
    ],
  },
  hot: {
    id: "hot",
    readyCapacity: 1,
    phases: [
      { kind: "decide", startS: 0, endS: minute },
      { kind: "proxy", startS: minute, endS: 2 * minute },
      { kind: "dns", startS: 2 * minute, endS: 5 * minute },
    ],
  },
  drain: {
    id: "drain",
    readyCapacity: 0,
    phases: [
      { kind: "decide", startS: 0, endS: minute },
      { kind: "ungate", startS: minute, endS: 3 * minute },
      { kind: "drain", startS: 3 * minute, endS: 13 * minute, steps: 10 },
    ],
  },
  nothing: { id: "nothing", readyCapacity: 0, phases: [] },
};

export const policyIds = [
  "nimble",
  "classic",
  "drain",
  "hot",
  "dns-only",
  "proxy-without-scaling",
  "nothing",
] as const satisfies readonly PolicyId[];

/** What people are told is going on while a phase runs. */
export const stageOfPhase: Readonly<Record<PolicyPhase["kind"], DrillStage>> = {
  decide: "failing",
  provision: "scaling",
  start: "scaling",
  ungate: "scaling",
  proxy: "proxying",
  dns: "dns",
  drain: "dns",
};
