import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { Notice } from "#domain/notice.ts";
import { pathOf } from "#domain/node-path.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { Incident as EngineIncident } from "#simulation/engine/incident.ts";
import { createTrafficEngine, type TrafficEngine } from "#simulation/engine/traffic-engine.ts";

import { incidents, type Incident } from "./demo-incident.ts";
import { userDemand } from "./user-demand.ts";

/** The engine is run for so long before a moment that does not follow the last one: nothing in it remembers more than the last ten seconds. */
const runUpMs = 30_000;
/** A gap up to this long is simulated through, a longer one skipped: a machine that slept makes up nothing. */
const longestGapMs = 60_000;

/**
 * Traffic that breathes, around the numbers of a snapshot: the simulation's engine with nobody failing over, users who come and go over the day and wander
 * between regions, and now and then a small incident. Asked for moments in their order it runs on from one to the next; the same seed and moments give
 * the same traffic. At the start it equals the snapshot.
 * @throws when the snapshot has no regions that traffic reaches.
 */
export function demoTraffic(
  base: TrafficSnapshot,
  seed: number,
): (elapsedMs: Millis, at: Millis) => TrafficSnapshot {
  const demandAt = userDemand(seed);
  const incidentAt = incidents(base, seed);
  let startMs = 0;
  let engine = startEngine(base, demandAt, startMs);
  const runTo = (elapsedMs: Millis) => {
    engine.suffer(engineIncidents(base, incidentAt(elapsedMs)));
    engine.advanceTo(elapsedMs - startMs);
  };
  return (elapsedMs, at) => {
    const stands = startMs + engine.elapsedMs;
    if (elapsedMs < stands || elapsedMs > stands + longestGapMs) {
      startMs = Math.max(0, elapsedMs - runUpMs);
      engine = startEngine(base, demandAt, startMs);
    }
    // An incident that came or went on the way did so then, to the second.
    for (let ms = startMs + engine.elapsedMs + 1000; ms < elapsedMs; ms += 1000) runTo(ms);
    runTo(elapsedMs);
    const incident = incidentAt(elapsedMs);
    const notices = incident === undefined ? base.notices : [...base.notices, noticeOf(incident, base)];
    return asSource(engine.snapshot(at, notices), base, incident);
  };
}

function startEngine(
  frame: TrafficSnapshot,
  demandAt: (region: string, tS: number) => number,
  startMs: Millis,
): TrafficEngine {
  const engine = createTrafficEngine({
    frame,
    demandAt: (region, tS) => demandAt(region, startMs / 1000 + tS),
  });
  if (!engine.ok) throw new Error(engine.error.message);
  return engine.value;
}

/** Errors at the service itself, and a few at its region's door: its callers answer some of the failures as failures. */
function engineIncidents(
  { topology }: TrafficSnapshot,
  incident: Incident | undefined,
): readonly EngineIncident[] {
  if (incident === undefined) return [];
  const [region, service] = pathOf(topology, incident.node);
  if (region === undefined || service === undefined) return [];
  return [
    { kind: "errors", path: [region, service], share: incident.share },
    { kind: "errors", path: [region], share: incident.share / 10 },
  ];
}

/** As a source of measurements says it: six digits, and slower answers where the trouble is. */
function asSource(
  snapshot: TrafficSnapshot,
  base: TrafficSnapshot,
  incident: Incident | undefined,
): TrafficSnapshot {
  const said = createSnapshot({ ...snapshot, windowMs: base.windowMs, values: snapshot.values.map(rounded) });
  // What is up now is the engine's own affair: a source says what the file says of limits and instances.
  said.capacity.set(base.capacity);
  said.instances.set(base.instances);
  // Whoever emits has just heard of everything; a time that changes with every frame would only cost bytes.
  said.observedAt.fill(NaN);
  if (incident === undefined) return said;
  for (const edge of must(said.topology.incoming[incident.node])) {
    for (const column of [said.latencyMs.p50, said.latencyMs.p95, said.latencyMs.p99]) {
      column[edge] = rounded(must(column[edge]) * incident.slowdown);
    }
  }
  return said;
}

/** What is finer than a request in a million is noise, and costs bytes on the wire. */
function rounded(value: number): number {
  return Number.isNaN(value) ? NaN : Number(value.toPrecision(6));
}

function noticeOf({ node }: Incident, { topology }: TrafficSnapshot): Notice {
  const { name, displayName = name } = must(topology.nodes[node]);
  return {
    target: { kind: "node", node },
    title: `Requests to ${displayName} fail`,
    subtitle: "A small incident of the demo; it passes by itself.",
    severity: 2,
  };
}
