import { describe, expect, it } from "vitest";

import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology } from "#domain/topology.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";

import { readVizceral } from "./read-vizceral.ts";
import { writeVizceral } from "./write-vizceral.ts";

function read(input: unknown): TrafficSnapshot {
  const result = readVizceral(input, { now: 1_700_000_000_000 });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.snapshot;
}

/** A file that uses every key that Spillway knows, and some that it does not. */
const everything = {
  renderer: "global",
  name: "global",
  displayName: "Everywhere",
  entryNode: "INTERNET",
  maxVolume: 100,
  serverUpdateTime: 1_700_000_000_000,
  windowMs: 10_000,
  classes: [
    { name: "danger", color: "#f00" },
    { name: "timeout", color: "rgb(1, 2, 3)", severity: "danger" },
    { name: "error" },
  ],
  clickable: true,
  nodes: [
    { name: "INTERNET", node_type: "users" },
    {
      renderer: "region",
      name: "east",
      class: "warning",
      entryNode: "gate",
      maxVolume: 80,
      capacity: 90,
      instances: 3,
      updated: 1_699_999_999_000,
      metadata: { owner: "edge", streaming: 1 },
      notices: [{ title: "Look", subtitle: "here", link: "https://example.com/", severity: 1 }],
      props: { maxSemaphores: [{ region: "west", value: "20" }] },
      layout: "ltrTree",
      nodes: [
        { name: "gate" },
        {
          renderer: "focused",
          name: "api",
          class: "purple",
          nodes: [
            { name: "api-1", metrics: { normal: 3, timeout: 1 } },
            { name: "api-2", metrics: { normal: 0 } },
            { name: "api-3", updated: "yesterday" },
          ],
        },
      ],
      connections: [
        {
          source: "gate",
          target: "api",
          class: "normal",
          metrics: { normal: 5, timeout: 0.25 },
          latencyMs: { p50: 4, p99: 80 },
          metadata: { streaming: 0 },
          notices: [{ title: "Slow", severity: 0 }],
          status: { up: true },
        },
      ],
    },
  ],
  connections: [{ source: "INTERNET", target: "east", metrics: {} }],
};

describe("writeVizceral", () => {
  it("gives back a well-formed file, unknown keys and all", () => {
    expect(JSON.parse(JSON.stringify(writeVizceral(read(everything))))).toEqual(everything);
  });

  it("writes so that reading gives an equal snapshot", () => {
    const snapshot = read(everything);
    expect(read(writeVizceral(snapshot))).toEqual(snapshot);
  });

  it("writes a snapshot that did not come from a file so that Vizceral can draw it", () => {
    expect(writeVizceral(twoRegions(1_700_000_000_000))).toMatchObject({
      renderer: "global",
      name: "global",
      entryNode: "INTERNET",
      serverUpdateTime: 1_700_000_000_000,
      nodes: [
        { name: "INTERNET" },
        {
          renderer: "region",
          name: "east",
          nodes: [
            { name: "INTERNET", node_type: "users" },
            { name: "api" },
            { name: "cart" },
            { name: "store" },
          ],
          connections: [
            { source: "INTERNET", target: "api", metrics: { normal: 900, warning: 5, danger: 1 } },
            {},
            {},
          ],
        },
        { name: "west" },
      ],
      connections: [{ source: "INTERNET", target: "east" }, {}, {}],
    });
  });

  it("names the entry where Vizceral would not find it", () => {
    const snapshot = buildSnapshot({
      children: { users: { isEntry: true }, api: {} },
      edges: { "users > api": [1, 0, 0] },
    });
    expect(writeVizceral(snapshot)["entryNode"]).toBe("users");
  });

  it("leaves out rates that are unknown or below nothing", () => {
    const { topology } = twoRegions();
    const { values } = twoRegions();
    values[0] = NaN;
    values[1] = -1;
    const snapshot = createSnapshot({
      at: 0,
      windowMs: 1,
      topology: createTopology(topology),
      notices: [],
      values,
    });
    expect(read(writeVizceral(snapshot)).rates.slice(0, 3)).toEqual(new Float64Array([0, 0, 1]));
  });
});
