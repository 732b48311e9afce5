import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

import { incidents, type Incident } from "./demo-incident.ts";
import { flowFactors } from "./flow-factors.ts";

/**
 * Traffic that breathes, around the numbers of a snapshot: a day's rise and fall, noise that runs along the call graph, and now and then a small
 * incident. A function of the seed and of the time since its start, where it equals the snapshot.
 */
export function demoTraffic(
  base: TrafficSnapshot,
  seed: number,
): (elapsedMs: Millis, at: Millis) => TrafficSnapshot {
  const factorsAt = flowFactors(base, seed);
  const incidentAt = incidents(base, seed);
  return (elapsedMs, at) => {
    const incident = incidentAt(elapsedMs);
    const { nodes, edges } = factorsAt(elapsedMs);
    const notices = incident === undefined ? base.notices : [...base.notices, noticeOf(incident, base)];
    const snapshot = createSnapshot({ ...base, at, notices, values: base.values.slice() });
    scaleRows(snapshot.rates, edges);
    scaleRows(snapshot.nodeRates, nodes);
    // Whoever emits has just heard of everything; a time that changes with every frame would only cost bytes.
    snapshot.observedAt.fill(NaN);
    if (incident !== undefined) suffer(snapshot, incident);
    return snapshot;
  };
}

function scaleRows(column: Float64Array, factors: Float64Array): void {
  const width = column.length / factors.length;
  for (let slot = 0; slot < column.length; slot += 1) {
    column[slot] = rounded(must(column[slot]) * must(factors[Math.floor(slot / width)]));
  }
}

/** Six digits: what is finer than a request in a million is noise, and costs bytes on the wire. */
function rounded(value: number): number {
  return Number.isNaN(value) ? NaN : Number(value.toPrecision(6));
}

function suffer(
  { topology, rates, latencyMs }: TrafficSnapshot,
  { failing, slowdown, node }: Incident,
): void {
  const { classes } = topology;
  const normal = classes.findIndex(({ severity }) => severity === "normal");
  const danger = classes.findIndex(({ severity }) => severity === "danger");
  if (normal === -1 || danger === -1) return;
  for (const [edge, share] of failing) {
    const good = must(rates[edge * classes.length + normal]);
    rates[edge * classes.length + normal] = rounded(good * (1 - share));
    rates[edge * classes.length + danger] = rounded(
      must(rates[edge * classes.length + danger]) + good * share,
    );
  }
  for (const edge of must(topology.incoming[node])) {
    for (const column of [latencyMs.p50, latencyMs.p95, latencyMs.p99]) {
      column[edge] = rounded(must(column[edge]) * slowdown);
    }
  }
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
