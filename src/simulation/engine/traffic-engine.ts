import { ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Notice } from "#domain/notice.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { compileGraph } from "../graph/compile-graph.ts";
import { defaultClients, type ClientBehaviour } from "../plan/drill-plan.ts";
import type { DrillFault } from "../plan/drill-fault.ts";
import { sizeFleets } from "./fleets.ts";
import { FrameWriter } from "./frame-writer.ts";
import { inflict, type Incident } from "./incident.ts";
import { World } from "./world.ts";
import { compileWorld } from "./world-graph.ts";

/** What an engine without a drill is made from. */
export interface TrafficEngineParts {
  /** Has classes for warning and danger. Never changed. */
  readonly frame: TrafficSnapshot;
  /**
   * What the users of a region ask for by what they ask for in the frame, at a moment in seconds since the start: 1 as there. Not below 0. A function of its
   * arguments alone makes the same traffic every time.
   */
  readonly demandAt: (region: string, tS: number) => number;
  readonly clients?: ClientBehaviour;
}

/**
 * Traffic that goes on, around the numbers of a frame: the engine of drills, with nobody failing over. With a demand of 1 and no incidents it is the
 * frame, for ever.
 */
export interface TrafficEngine {
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
  /** Runs on; never back. What comes is the same however the way is divided. */
  advanceTo(elapsedMs: number): void;
  /** From now on exactly these incidents are in force. Fails, and changes nothing, where one names a place that does not exist. */
  suffer(incidents: readonly Incident[]): Result<void, string>;
  /** The traffic now, in the frame's topology. Not marked as simulated: whoever shows it as something else says so. */
  snapshot(at: Millis, notices: readonly Notice[]): TrafficSnapshot;
}

const stepsPerSecond = 10;

export function createTrafficEngine(parts: TrafficEngineParts): Result<TrafficEngine, DrillFault> {
  const { frame, demandAt, clients = defaultClients } = parts;
  const read = compileGraph(frame, []);
  if (!read.ok) return read;
  const graph = compileWorld(read.value);
  const need = Float64Array.from(graph.regions, ({ users }) => users);
  const fleets = sizeFleets(graph, { capacityFactor: 1, readyCapacity: 0, need });
  const world = new World({ graph, fleets, clients, internalTraffic: "follows", stepsPerSecond });
  const writer = new FrameWriter(frame, world);
  return ok({
    get elapsedMs() {
      return (world.steps * 1000) / stepsPerSecond;
    },
    advanceTo(elapsedMs) {
      while (((world.steps + 1) * 1000) / stepsPerSecond <= elapsedMs) {
        const tS = (world.steps + 1) / stepsPerSecond;
        graph.regions.forEach(({ name, users }, r) => {
          world.routing.demand[r] = users * demandAt(name, tS);
        });
        world.step();
      }
    },
    suffer: (incidents) => inflict(world, incidents),
    snapshot: (at, notices) => writer.write({ at, notices }),
  });
}
