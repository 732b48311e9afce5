import { must } from "#base/assert.ts";
import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { DrillInfo, DrillStage } from "#domain/drill-info.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology, type Topology, type TopologyParts } from "#domain/topology.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";
import type {
  DrillEvent,
  DrillResult,
  LoadHistory,
  PhaseProgress,
} from "#simulation/session/drill-session.ts";

import type { OutcomeProgress, RegionLoss } from "./simulation-service.ts";

/** The numbers of a basis's frames, as the worker was told them. */
export interface BasisIds {
  readonly frame: number;
  readonly history: readonly number[];
}

/** What the page asks of the simulation worker. Answers carry the question's id; a cancelled one is not answered any more. */
export type SimulationCommand =
  /** A frame that questions will name. Its topology comes with the first frame that has it. */
  | { readonly kind: "frame"; readonly frame: PackedFrame; readonly topology?: TopologyParts }
  /** No question will name these any more. */
  | { readonly kind: "forget"; readonly frames: readonly number[]; readonly topologies: readonly number[] }
  | { readonly kind: "forecast"; readonly id: number; readonly basis: BasisIds; readonly plan: DrillPlan }
  | { readonly kind: "survival"; readonly id: number; readonly basis: BasisIds }
  | ({ readonly kind: "outcome"; readonly id: number } & PackedRequest)
  | ({ readonly kind: "run"; readonly id: number } & PackedRequest)
  | {
      readonly kind: "advance";
      readonly id: number;
      readonly toMs: Millis;
      readonly framesFromMs: Millis;
    }
  | { readonly kind: "fail-back"; readonly id: number }
  | { readonly kind: "cancel"; readonly id: number };

export interface PackedRequest {
  readonly basis: BasisIds;
  readonly plan: DrillPlan;
  readonly commands: readonly DrillCommand[];
}

export type SimulationReply =
  | { readonly kind: "forecast"; readonly id: number; readonly forecast: Result<Forecast, DrillFault> }
  | {
      readonly kind: "survival";
      readonly id: number;
      readonly losses: Result<readonly RegionLoss[], DrillFault>;
    }
  | { readonly kind: "outcome"; readonly id: number; readonly progress: OutcomeProgress }
  | { readonly kind: "started"; readonly id: number; readonly opening: PackedOpening }
  | { readonly kind: "ran"; readonly id: number; readonly stretch: PackedStretch }
  | { readonly kind: "failed-back"; readonly id: number; readonly atMs: Millis }
  | { readonly kind: "failed"; readonly id: number; readonly fault: DrillFault }
  /** The simulation has a bug: it threw. */
  | { readonly kind: "broken"; readonly id: number; readonly message: string };

export interface PackedOpening {
  readonly plan: DrillPlan;
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  readonly regions: readonly string[];
  /** Where it begins, simulated milliseconds since the failure. */
  readonly startMs: Millis;
  /** Of all frames of the run. */
  readonly topology: TopologyParts;
}

export interface PackedStretch {
  readonly elapsedMs: Millis;
  readonly frames: readonly PackedRunFrame[];
  readonly events: readonly DrillEvent[];
  readonly loads: LoadHistory;
}

export interface PackedRunFrame {
  readonly at: Millis;
  readonly windowMs: number;
  readonly values: Float64Array<ArrayBuffer>;
  /** Left out where they are those of the frame before. */
  readonly notices?: readonly Notice[];
  readonly simulated?: DrillInfo;
  readonly elapsedMs: Millis;
  readonly stage: DrillStage;
  readonly phases: readonly PhaseProgress[];
  readonly result: DrillResult;
}

export interface PackedFrame {
  readonly id: number;
  readonly topology: number;
  readonly at: Millis;
  readonly windowMs: number;
  readonly notices: readonly Notice[];
  readonly values: Float64Array<ArrayBuffer>;
  readonly simulated?: DrillInfo;
}

/** A copy, whose numbers are to be moved: the page keeps its own. */
export function packFrame(id: number, topology: number, snapshot: TrafficSnapshot): PackedFrame {
  const { at, windowMs, notices, simulated } = snapshot;
  const values = new Float64Array(snapshot.values);
  return {
    id,
    topology,
    at,
    windowMs,
    notices,
    values,
    ...(simulated === undefined ? {} : { simulated }),
  };
}

export function unpackFrame(
  { at, windowMs, notices, values, simulated }: PackedFrame,
  topology: Topology,
): TrafficSnapshot {
  const mark = simulated === undefined ? {} : { simulated };
  return createSnapshot({ at, windowMs, notices, values, topology, ...mark });
}

/** What has to cross: the derived lists are made again on the other side, which is cheaper than to copy them. */
export function topologyParts({ revision, classes, nodes, edges }: Topology): TopologyParts {
  return { revision, classes, nodes, edges };
}

/** The topology of a run: the frame's own object where nothing was added to it, so that nothing on screen is built anew. */
export function runTopology(parts: TopologyParts, frame: Topology): Topology {
  const isSame = parts.revision === frame.revision && parts.edges.length === frame.edges.length;
  return isSame ? frame : createTopology(parts);
}

/** The buffers of a message, to be moved rather than copied. */
export function buffersOf(message: SimulationCommand | SimulationReply): ArrayBuffer[] {
  if (message.kind === "frame") return [message.frame.values.buffer];
  if (message.kind !== "ran") return [];
  return message.stretch.frames.map(({ values }) => values.buffer);
}

/** Rows of their own: the session goes on writing to its columns. */
export function copyRows({ regions, rows, load, arriving, capacity, failed }: LoadHistory): LoadHistory {
  return {
    regions,
    rows,
    load: load.slice(),
    arriving: arriving.slice(),
    capacity: capacity.slice(),
    failed: failed.slice(),
  };
}

/** Frames and topologies by the numbers that the page gave them. */
export class FrameShelf {
  readonly #frames = new Map<number, TrafficSnapshot>();
  readonly #topologies = new Map<number, Topology>();

  take(frame: PackedFrame, topology: TopologyParts | undefined): void {
    if (topology !== undefined) this.#topologies.set(frame.topology, createTopology(topology));
    this.#frames.set(frame.id, unpackFrame(frame, must(this.#topologies.get(frame.topology))));
  }

  forget(frames: readonly number[], topologies: readonly number[]): void {
    for (const id of frames) this.#frames.delete(id);
    for (const id of topologies) this.#topologies.delete(id);
  }

  basis({ frame, history }: BasisIds): {
    readonly frame: TrafficSnapshot;
    readonly history: readonly TrafficSnapshot[];
  } {
    const of = (id: number) => must(this.#frames.get(id), "a question names frames that were told");
    return { frame: of(frame), history: history.map(of) };
  }
}
