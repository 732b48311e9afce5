import { mulberry32 } from "#base/random.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { buildSnapshot, type NodeSketch } from "./builders.ts";

/** What a made-up world looks like. */
export interface WorldSketch {
  readonly seed: number;
  readonly regions: number;
  /** Services in each region. */
  readonly services: number;
  /** Calls between services in each region; a few of them close cycles. */
  readonly calls: number;
  /** Greatest recent volume of a region by its volume; undefined: not known. */
  readonly peak?: number | undefined;
  /** Services that start traffic of their own, without a user. */
  readonly ownRoots?: number;
}

/** A frame of some regions around the internet, in which what a service sends is what it gets times a gain. */
export function worldFrame(sketch: WorldSketch): TrafficSnapshot {
  const random = mulberry32(sketch.seed);
  const names = Array.from({ length: sketch.regions }, (_, r) => `region-${r}`);
  const loads = names.map(() => Math.round(1000 + random() * 50_000));
  const frame = buildSnapshot({
    view: "ring",
    children: {
      INTERNET: { isEntry: true, type: "users" },
      ...Object.fromEntries(names.map((name, r) => [name, regionSketch(sketch, loads[r]!, random)])),
    },
    edges: Object.fromEntries(
      names.map((name, r) => [`INTERNET > ${name}`, [loads[r]! * 0.998, 0, loads[r]! * 0.002]]),
    ),
  });
  if (sketch.peak !== undefined) {
    frame.topology.nodes.forEach(({ name }, node) => {
      const r = names.indexOf(name);
      if (r !== -1) frame.maxVolume[node] = loads[r]! * sketch.peak!;
    });
  }
  return frame;
}

function regionSketch(sketch: WorldSketch, load: number, random: () => number): NodeSketch {
  const { services, calls, ownRoots = 0 } = sketch;
  const size = services + ownRoots;
  const gains = new Map<string, { from: number; to: number; gain: number }>();
  const add = (from: number, to: number, gain: number): void => {
    gains.set(`${from}>${to}`, { from, to, gain });
  };
  // Everybody is called by somebody before it; more calls at random, of which one in twenty leads backward, weakly.
  for (let to = 1; to < services; to += 1) add(Math.floor(random() * to), to, 0.2 + random());
  for (let i = 0; i < calls * 3 && gains.size < calls; i += 1) {
    const [a, b] = [Math.floor(random() * services), Math.floor(random() * services)];
    if (a === b) continue;
    if (random() < 0.05) add(Math.max(a, b), Math.min(a, b), 0.01 + 0.04 * random());
    else add(Math.min(a, b), Math.max(a, b), 0.3 * random());
  }
  const list = [...gains.values()];
  // No service sends more calls on than three times what it gets: with cycles, that could go round without end.
  for (let from = 0; from < services; from += 1) {
    const own = list.filter((call) => call.from === from);
    const sum = own.reduce((total, { gain }) => total + gain, 0);
    if (sum > 0.95) for (const call of own) call.gain *= 0.95 / sum;
  }
  const roots = Array.from({ length: ownRoots }, (_, i) => ({
    from: services + i,
    to: Math.floor(random() * services),
    rate: 1 + random() * load * 0.1,
  }));
  let volumes = new Float64Array(size);
  for (let round = 0; round < 200; round += 1) {
    const next = new Float64Array(size);
    next[0] = load;
    for (const { to, rate } of roots) next[to]! += rate;
    for (const { from, to, gain } of list) next[to]! += volumes[from]! * gain;
    volumes = next;
  }
  const edge = (from: string, to: number, rate: number): [string, readonly number[]] => [
    `${from} > s${to}`,
    [rate * 0.99, rate * 0.004, rate * 0.006],
  ];
  return {
    view: "flow",
    children: {
      INTERNET: { isEntry: true, type: "users" },
      ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`s${i}`, {}])),
    },
    edges: Object.fromEntries([
      edge("INTERNET", 0, load),
      ...list.map(({ from, to, gain }) => edge(`s${from}`, to, volumes[from]! * gain)),
      ...roots.map(({ from, to, rate }) => edge(`s${from}`, to, rate)),
    ]),
  };
}
