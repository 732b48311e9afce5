import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { rowTotal } from "#domain/volume.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";
import type { DrillSession } from "#simulation/session/drill-session.ts";
import { startDrill } from "#simulation/session/start-drill.ts";

/** A drill in which us-east-1 goes, unless the changes say otherwise. */
export function drillOf(
  frame: TrafficSnapshot,
  changes: Partial<DrillPlan> = {},
  commands: readonly DrillCommand[] = [],
): DrillSession {
  const plan = { ...defaultPlan("us-east-1", 7), ...changes };
  const started = startDrill({ frame, history: [], plan, commands });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** Requests per second on the edge between two children of the root; NaN where there is none. */
export function rateBetween({ topology, rates }: TrafficSnapshot, source: string, target: string): number {
  const edge = topology.edges.findIndex(
    (ends) =>
      topology.nodes[ends.source]?.parent === 0 &&
      topology.nodes[ends.source]?.name === source &&
      topology.nodes[ends.target]?.name === target,
  );
  return edge === -1 ? NaN : rowTotal(rates, edge, topology.classes.length);
}
