import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { arbitraryScene, builtScene, positionNamed } from "#testing/built-scene.ts";

import { flightMs } from "./build-structure.ts";
import { curvePoint } from "./edge-geometry.ts";
import { longestFlightMs, shortestFlightMs } from "./flow-law.ts";

describe("the picture's structure", () => {
  it("leads back to the topology: every mark is one node or edge of it", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ snapshot: { topology }, structure }) => {
        const { nodes, edges, nodeIndex, edgeIndex } = structure;
        expect(new Set(nodeIndex).size).toBe(nodes.count);
        expect(new Set(edgeIndex).size).toBe(edges.count);
        edgeIndex.forEach((edge, i) => {
          expect(nodeIndex[edges.source[i]!]).toBe(topology.edges[edge]!.source);
          expect(nodeIndex[edges.target[i]!]).toBe(topology.edges[edge]!.target);
        });
      }),
    );
  });

  it("lets an edge begin and end at its nodes, within their discs", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ structure: { nodes, edges } }) => {
        for (let edge = 0; edge < edges.count; edge += 1) {
          for (const [node, t] of [
            [edges.source[edge]!, 0],
            [edges.target[edge]!, 1],
          ] as const) {
            const { x, y } = curvePoint(edges.curves, edge, t);
            expect(Math.hypot(nodes.x[node]! - x, nodes.y[node]! - y)).toBeLessThanOrEqual(
              nodes.radius[node]! + 0.1,
            );
          }
        }
      }),
    );
  });

  it("gives an edge the same seed whatever else is on screen, so that its dots do not jump", () => {
    const sketch = { view: "flow", children: { a: {}, b: {} }, edges: { "a > b": [1] } } as const;
    const alone = builtScene(buildSnapshot(sketch));
    const among = builtScene(
      buildSnapshot({
        ...sketch,
        children: { z: {}, y: {}, ...sketch.children },
        edges: { "z > y": [1], "a > b": [1] },
      }),
    );
    expect(among.structure.edges.seed[1]).toBe(alone.structure.edges.seed[0]);
    expect(among.structure.edges.seed[0]).not.toBe(alone.structure.edges.seed[0]);
  });

  it("tells edges of the same names in two regions apart", () => {
    const east = builtScene(twoRegions(), { focus: ["east"] });
    const west = builtScene(twoRegions(), { focus: ["west"] });
    expect(east.structure.edges.seed[0]).not.toBe(west.structure.edges.seed[0]);
    expect(east.structure.viewKey).not.toBe(west.structure.viewKey);
  });

  it("names nodes as the source wants them shown, and draws unknown kinds as services", () => {
    const scene = builtScene(
      buildSnapshot({
        view: "flow",
        children: {
          INTERNET: { isEntry: true },
          db: { type: "Database" },
          odd: { type: "mainframe" },
          q: { type: "queue" },
        },
      }),
    );
    expect(scene.structure.nodes.icon).toEqual(["cloud", "storage", "service", "queue"]);
  });

  it("marks what can be entered; the service in the middle is already", () => {
    const scene = builtScene(twoRegions(), { focus: ["east", "api"] });
    const canEnter = (name: string) => scene.structure.nodes.canEnter[positionNamed(scene, name)];
    expect([canEnter("api"), canEnter("api-1"), canEnter("cart")]).toEqual([0, 0, 1]);
  });
});

describe("how long a dot is under way", () => {
  it("is within the bounds of the law, whatever the length and the latency", () => {
    const anything = fc.oneof(fc.double(), fc.constantFrom(0, NaN, Infinity));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), anything, (length, latencyMs) => {
        const ms = flightMs(length, latencyMs);
        expect(ms >= shortestFlightMs && ms <= longestFlightMs).toBe(true);
      }),
    );
  });

  it("grows with the length and with the latency, and does not tremble with it", () => {
    expect(flightMs(600, NaN)).toBeGreaterThan(flightMs(300, NaN));
    expect(flightMs(300, 1000)).toBeGreaterThan(flightMs(300, 100));
    expect(flightMs(300, 10)).toBeLessThan(flightMs(300, 100));
    expect(flightMs(300, 104)).toBe(flightMs(300, 97));
    expect(flightMs(300, NaN)).toBe(flightMs(300, 100));
  });
});
