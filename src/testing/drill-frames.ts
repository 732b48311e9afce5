import { must } from "#base/assert.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

import { buildSnapshot } from "./builders.ts";

/** What a region of `ringOf` carries and can take, requests per second; a capacity of 0 stands for an unknown one. */
export interface RegionNumbers {
  readonly users: number;
  readonly maxVolume: number;
}

/** Regions around the internet of which nothing is known inside. */
export function ringOf(numbers: Readonly<Record<string, RegionNumbers>>): TrafficSnapshot {
  const names = Object.keys(numbers);
  const frame = buildSnapshot({
    view: "ring",
    children: { INTERNET: { isEntry: true }, ...Object.fromEntries(names.map((name) => [name, {}])) },
    edges: Object.fromEntries(
      names.map((name) => [`INTERNET > ${name}`, [must(numbers[name]).users, 0, 0]] as const),
    ),
  });
  const copy = createSnapshot({ ...frame, values: frame.values.slice() });
  copy.topology.nodes.forEach(({ name }, node) => {
    const { maxVolume = 0 } = numbers[name] ?? {};
    if (maxVolume > 0) copy.maxVolume[node] = maxVolume;
  });
  return copy;
}

/** The six numbers that the what-if is checked with: Vizceral's sample of 2016, as anybody may quote it. */
export function sixNumbers(): TrafficSnapshot {
  return ringOf({
    "us-east-1": { users: 63_270.2, maxVolume: 96_035.5 },
    "us-west-2": { users: 38_794.8, maxVolume: 67_937 },
    "eu-west-1": { users: 31_561.9, maxVolume: 73_536 },
  });
}
