import { applyDelta, diffSnapshots } from "#domain/delta.ts";
import { createSnapshot, emptyValues, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology } from "#domain/topology.ts";
import { standardClasses } from "#domain/traffic-class.ts";
import { decodeDelta, encodeDelta } from "#protocol/delta-message.ts";

import type { BenchRow } from "./bench-row.ts";
import { printWhenMain } from "./server/print-rows.ts";

/* What a page does with one delta of a large graph in which everything changed: parse, decode, apply. No server, no socket. */

const edgeCount = 5000;
const nodeCount = 1000;
const rounds = 300;

function largeGraph(): TrafficSnapshot {
  const nodes = Array.from({ length: nodeCount }, (_, i) => ({
    name: `service-${i}`,
    parent: i === 0 ? -1 : 0,
  }));
  const edges = Array.from({ length: edgeCount }, (_, i) => ({
    source: 1 + (i % (nodeCount - 1)),
    target: 1 + ((i * 7 + 13) % (nodeCount - 1)),
  }));
  const topology = createTopology({ revision: 1, classes: standardClasses, nodes, edges });
  return createSnapshot({ at: 0, windowMs: 1000, topology, notices: [], values: emptyValues(topology) });
}

function allChanged(from: TrafficSnapshot, at: number): TrafficSnapshot {
  const values = from.values.slice();
  for (let slot = 0; slot < edgeCount * 3; slot += 1)
    values[slot] = Math.round(((slot * 7919 + at * 104_729) % 1e6) * 10) / 1e4;
  return createSnapshot({ ...from, at, values });
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

export async function run(): Promise<readonly BenchRow[]> {
  let held = allChanged(largeGraph(), 1);
  const [reading, diffing] = [[] as number[], [] as number[]];
  let bytes = 0;
  for (let at = 2; at < rounds; at += 1) {
    const next = allChanged(held, at);
    const before = performance.now();
    const message = encodeDelta(diffSnapshots(held, next), at, at - 1, next.values);
    const text = JSON.stringify(message);
    diffing.push(performance.now() - before);
    bytes = text.length;

    const started = performance.now();
    const decoded = decodeDelta(JSON.parse(text));
    const applied = decoded.ok ? applyDelta(held, decoded.value.delta) : decoded;
    reading.push(performance.now() - started);
    if (!applied.ok) throw new Error("the delta could not be applied");
    held = applied.value;
  }
  const note = `5,000 edges, 3 classes, all changed: ${Math.round(bytes / 1000)} kB; median of ${rounds} in Node ${process.version}`;
  return [
    {
      name: "delta: parse, decode and apply on the page",
      value: median(reading),
      unit: "ms",
      bar: 2,
      better: "less",
      note,
    },
    {
      name: "delta: diff and encode on the server",
      value: median(diffing),
      unit: "ms",
      bar: 10,
      better: "less",
      note,
    },
  ];
}

await printWhenMain(import.meta.url, run);
