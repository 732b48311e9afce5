import { hashText } from "#base/random.ts";
import { ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { sizeFleets } from "../engine/fleets.ts";
import { World } from "../engine/world.ts";
import { compileWorld } from "../engine/world-graph.ts";
import { chooseRegions } from "../graph/choose-regions.ts";
import { forecastFor } from "../forecast/make-forecast.ts";
import { compileGraph } from "../graph/compile-graph.ts";
import type { DrillFault } from "../plan/drill-fault.ts";
import { drillFrame } from "./drill-frame.ts";
import { DrillRun } from "./drill-run.ts";
import type { DrillRequest, DrillSession } from "./drill-session.ts";

/** Steps in a second: 0.1 s is at most a fifth of the usual timeout and of the retries' first wait (reference model, 8.1). */
const usualSteps = 10;

/**
 * Starts a drill, or says why it cannot be run. The session stands at the beginning of the lead-in, and shows the frame. Runs with other than the usual
 * number of steps in a second are other runs; they are there to show that the steps are short enough.
 */
export function startDrill(
  request: DrillRequest,
  stepsPerSecond = usualSteps,
): Result<DrillSession, DrillFault> {
  const { frame, history, plan, commands } = request;
  const read = compileGraph(frame, history);
  if (!read.ok) return read;
  const chosen = chooseRegions(read.value, plan);
  if (!chosen.ok) return chosen;
  const { victim, saviours } = chosen.value;
  const forecast = forecastFor(read.value, plan);
  if (!forecast.ok) return forecast;
  const shares = new Map(forecast.value.saviours.map(({ region, share }) => [region, share]));
  const shown = drillFrame(
    frame,
    victim.node,
    saviours.map(({ node }) => node),
  );
  const graph = compileWorld({ ...read.value, frame: shown });
  const share = Float64Array.from(graph.regions, ({ name }) => shares.get(name) ?? 0);
  // The victim, too, is scaled as far as it goes once its users come back.
  const need = share.map((part, r) => {
    const { name, users } = graph.regions[r]!;
    return name === victim.name ? Infinity : users + part * victim.users;
  });
  const { capacityFactor, clients, internalTraffic, policy } = plan;
  const fleets = sizeFleets(graph, { capacityFactor, readyCapacity: policy.readyCapacity, need });
  const world = new World({ graph, fleets, clients, internalTraffic, stepsPerSecond });
  world.routing.victim = graph.regions.findIndex(({ name }) => name === plan.victim);
  world.routing.shares.set(share);
  return ok(
    new DrillRun({
      id: requestId(request),
      plan: { ...plan, saviours: saviours.map(({ name }) => name) },
      shares,
      forecast: forecast.value,
      frame: shown,
      world,
      commands,
      stepsPerSecond,
    }),
  );
}

/** Sixteen digits that are the same for the same request. */
function requestId({ frame, history, plan, commands }: DrillRequest): string {
  const text = JSON.stringify([plan, commands]);
  const half = (seed: number): string => {
    const all = [...history, frame].reduce((hash, each) => hashFrame(each, hash), hashText(text, seed));
    return all.toString(16).padStart(8, "0");
  };
  return half(0x811c9dc5) + half(0x01000193);
}

function hashFrame({ at, topology, values }: TrafficSnapshot, seed: number): number {
  let hash = hashText(`${at}`, seed);
  for (const { name, parent } of topology.nodes) hash = hashText(`${parent} ${name}`, hash);
  for (const { source, target } of topology.edges) hash = hashText(`${source} ${target}`, hash);
  for (const value of values) hash = hashText(`${value}`, hash);
  return hash;
}
