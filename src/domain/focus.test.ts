import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";

import { canEnter, viewGraph, viewOf } from "./focus.ts";
import { resolvePath } from "./node-path.ts";
import type { Topology } from "./topology.ts";

const { topology } = twoRegions();
const at = (...path: readonly string[]) => resolvePath(topology, path).node;

/** The view from inside a node, in words. */
function seenFrom(of: Topology, node: number) {
  const { view, nodes, edges } = viewGraph(of, node);
  const name = (index: number) => of.nodes[index]?.name ?? "";
  return {
    view,
    nodes: nodes.map((item) => `${name(item.node)}: ${item.role}`),
    edges: edges.map(
      (edge) => `${name(of.edges[edge]?.source ?? -1)} > ${name(of.edges[edge]?.target ?? -1)}`,
    ),
  };
}

describe("a view", () => {
  it("of the whole shows its regions in a ring around their entry", () => {
    expect(seenFrom(topology, 0)).toEqual({
      view: "ring",
      nodes: ["INTERNET: entry", "east: member", "west: member"],
      edges: ["INTERNET > east", "INTERNET > west", "east > west"],
    });
  });

  it("of a region shows its services", () => {
    expect(seenFrom(topology, at("east"))).toEqual({
      view: "flow",
      nodes: ["INTERNET: entry", "api: member", "cart: member", "store: member"],
      edges: ["INTERNET > api", "api > cart", "cart > store"],
    });
  });

  it("of a service shows its callers, its callees and its instances", () => {
    expect(seenFrom(topology, at("east", "api"))).toEqual({
      view: "neighbourhood",
      nodes: ["INTERNET: caller", "api: centre", "api-1: instance", "api-2: instance", "cart: callee"],
      edges: ["INTERNET > api", "api > cart"],
    });
  });

  it("shows one that calls and is called among the callers, and a call to oneself once", () => {
    const both = buildSnapshot({
      children: { a: {}, b: {} },
      edges: { "a > b": [1, 0, 0], "b > a": [1, 0, 0], "a > a": [1, 0, 0] },
    }).topology;
    expect(seenFrom(both, 1)).toEqual({
      view: "neighbourhood",
      nodes: ["a: centre", "b: caller"],
      edges: ["a > b", "b > a", "a > a"],
    });
  });

  it("is what the source asks for, as far as the node has what that needs", () => {
    const asking = buildSnapshot({
      view: "flow",
      children: {
        leaf: { view: "ring" },
        region: { view: "ring", children: { a: {}, b: {} }, edges: { "a > b": [1, 0, 0] } },
      },
    }).topology;
    expect([viewOf(asking, 0), viewOf(asking, 1), viewOf(asking, 2)]).toEqual([
      "flow",
      "neighbourhood",
      "ring",
    ]);
  });

  it("is a ring where nobody asked, when what is inside has an inside of its own", () => {
    const silent = buildSnapshot({
      children: { east: { children: { a: {}, b: {} }, edges: { "a > b": [1, 0, 0] } }, west: {} },
    }).topology;
    expect([viewOf(silent, 0), viewOf(silent, 1)]).toEqual(["ring", "flow"]);
  });

  it("of a whole that is still empty is an empty one, not the neighbourhood of nobody", () => {
    expect(seenFrom(buildSnapshot({}).topology, 0)).toEqual({ view: "flow", nodes: [], edges: [] });
  });

  it("can be entered where it shows something that is not on screen already", () => {
    const enterable = (...path: readonly string[]) => canEnter(topology, at(...path));
    expect(enterable()).toBe(true);
    expect(enterable("east")).toBe(true);
    expect(enterable("east", "cart")).toBe(true);
    expect(enterable("INTERNET")).toBe(false);
    expect(enterable("east", "api", "api-1")).toBe(false);
  });

  it("never shows a node twice, nor an edge one of whose ends is missing", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, fc.nat(20), ({ topology: any }, pick) => {
        const focus = pick % any.nodes.length;
        const { nodes, edges } = viewGraph(any, focus);
        const shown = new Set(nodes.map(({ node }) => node));
        expect(shown.size).toBe(nodes.length);
        expect(new Set(edges).size).toBe(edges.length);
        for (const edge of edges) {
          expect(shown.has(any.edges[edge]?.source ?? -1)).toBe(true);
          expect(shown.has(any.edges[edge]?.target ?? -1)).toBe(true);
        }
        expect(nodes.map(({ node }) => node)).toEqual([...shown].toSorted((a, b) => a - b));
      }),
    );
  });
});
