import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";

import { createTopology, sameStructure, type TopologyParts } from "./topology.ts";
import { standardClasses } from "./traffic-class.ts";

const parts: TopologyParts = {
  revision: 1,
  classes: standardClasses,
  nodes: [
    { name: "global", parent: -1 },
    { name: "east", parent: 0 },
    { name: "west", parent: 0 },
    { name: "api", parent: 1 },
    { name: "store", parent: 1 },
  ],
  edges: [
    { source: 1, target: 2 },
    { source: 3, target: 4 },
    { source: 4, target: 4 },
  ],
};

describe("a topology", () => {
  it("lists what is inside of each node, and what comes and goes", () => {
    const topology = createTopology(parts);
    expect(topology.children).toEqual([[1, 2], [3, 4], [], [], []]);
    expect(topology.inside).toEqual([[0], [1, 2], [], [], []]);
    expect(topology.incoming).toEqual([[], [], [0], [], [1, 2]]);
    expect(topology.outgoing).toEqual([[], [0], [], [1], [2]]);
  });

  it("refuses a child that comes before its parent", () => {
    const nodes = [
      { name: "global", parent: -1 },
      { name: "api", parent: 2 },
      { name: "east", parent: 0 },
    ];
    expect(() => createTopology({ ...parts, nodes, edges: [] })).toThrow("parent of node 1");
  });

  it("refuses a second root, and a root with a parent", () => {
    const root = { name: "global", parent: -1 };
    expect(() => createTopology({ ...parts, nodes: [root, root], edges: [] })).toThrow("parent of node 1");
    expect(() => createTopology({ ...parts, nodes: [{ name: "a", parent: 0 }], edges: [] })).toThrow(
      "parent of node 0",
    );
  });

  it("refuses an edge that joins children of different parents, or leads nowhere", () => {
    const withEdge = (source: number, target: number) => () =>
      createTopology({ ...parts, edges: [{ source, target }] });
    expect(withEdge(2, 3)).toThrow("edge 0 joins siblings");
    expect(withEdge(9, 1)).toThrow("edge 0 has a source");
    expect(withEdge(1, 9)).toThrow("edge 0 has a target");
  });

  it("files every node but the root under one parent, and every edge at its ends and under one parent", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, ({ topology }) => {
        const { nodes, edges, children, inside, incoming, outgoing } = topology;
        const sorted = (lists: readonly (readonly number[])[]) => lists.flat().toSorted((a, b) => a - b);
        expect(sorted(children)).toEqual(nodes.map((_, i) => i).slice(1));
        for (const lists of [inside, incoming, outgoing])
          expect(sorted(lists)).toEqual(edges.map((_, i) => i));
        edges.forEach(({ source, target }, edge) => {
          expect(outgoing[source]).toContain(edge);
          expect(incoming[target]).toContain(edge);
        });
      }),
    );
  });
});

describe("the same structure", () => {
  it("does not mind what nodes and edges say of themselves", () => {
    const nodes = parts.nodes.map((node) => ({ ...node, class: "danger", metadata: { owner: "x" } }));
    const classes = parts.classes.map((item) => ({ ...item, color: "#fff" }));
    expect(sameStructure(parts, { ...parts, revision: 9, nodes, classes })).toBe(true);
  });

  it("minds names, parents, ends, classes, and order", () => {
    const [root, east, west, api, store] = parts.nodes;
    const others: readonly Partial<TopologyParts>[] = [
      { nodes: parts.nodes.slice(0, 4), edges: [] },
      { nodes: parts.nodes.map((node) => (node === west ? { ...node, name: "south" } : node)) },
      { nodes: parts.nodes.map((node) => (node === store ? { ...node, parent: 2 } : node)) },
      { nodes: [root, west, east, api, store].flatMap((node) => node ?? []) },
      { edges: parts.edges.toReversed() },
      { edges: [{ source: 2, target: 1 }, ...parts.edges.slice(1)] },
      { classes: parts.classes.toReversed() },
      { classes: parts.classes.slice(0, 2) },
    ];
    for (const other of others) expect(sameStructure(parts, { ...parts, ...other })).toBe(false);
  });
});
