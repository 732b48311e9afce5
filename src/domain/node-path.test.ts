import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";

import {
  edgeRef,
  findItem,
  nodeRef,
  pathKey,
  pathOf,
  refKey,
  resolvePath,
  type ItemRef,
} from "./node-path.ts";

const name = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("a", "b", '"', "a,b", "__proto__", ""),
);
const path = fc.array(name, { maxLength: 4 });
const ref: fc.Arbitrary<ItemRef> = fc.oneof(
  fc.record({ kind: fc.constant("node" as const), path }),
  fc.record({ kind: fc.constant("edge" as const), parent: path, source: name, target: name }),
);

describe("a path", () => {
  it("leads to its node, and is the node's own", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, ({ topology }) => {
        topology.nodes.forEach((_, node) => {
          expect(resolvePath(topology, pathOf(topology, node))).toEqual({ node, missing: [] });
        });
      }),
    );
  });

  it("that leads nowhere says how far it leads, and what is missing", () => {
    const { topology } = twoRegions();
    const east = resolvePath(topology, ["east"]).node;
    expect(resolvePath(topology, ["east", "gone", "api-1"])).toEqual({
      node: east,
      missing: ["gone", "api-1"],
    });
    expect(resolvePath(topology, ["north"])).toEqual({ node: 0, missing: ["north"] });
    expect(resolvePath(topology, ["toString"])).toEqual({ node: 0, missing: ["toString"] });
  });

  it("has a key that no other path has", () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        expect(pathKey(a) === pathKey(b)).toBe(a.length === b.length && a.every((part, i) => part === b[i]));
      }),
    );
  });
});

describe("a reference", () => {
  it("finds the very node or edge that it was made of", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, ({ topology }) => {
        topology.nodes.forEach((_, node) => {
          expect(findItem(topology, nodeRef(topology, node))).toEqual({ kind: "node", node });
        });
        topology.edges.forEach((_, edge) => {
          expect(findItem(topology, edgeRef(topology, edge))).toEqual({ kind: "edge", edge });
        });
      }),
    );
  });

  it("finds nothing where an end, an edge or the place is missing", () => {
    const { topology } = twoRegions();
    const edge = (source: string, target: string, ...parent: readonly string[]) =>
      findItem(topology, { kind: "edge", parent, source, target });
    expect(edge("INTERNET", "east")).toBeDefined();
    expect(edge("east", "INTERNET")).toBeUndefined();
    expect(edge("INTERNET", "north")).toBeUndefined();
    expect(edge("north", "east")).toBeUndefined();
    expect(edge("api", "cart", "north")).toBeUndefined();
    expect(findItem(topology, { kind: "node", path: ["east", "gone"] })).toBeUndefined();
  });

  it("has a key that no other has, be it of a node or of an edge", () => {
    expect(refKey({ kind: "node", path: ["a", "b"] })).not.toBe(
      refKey({ kind: "edge", parent: [], source: "a", target: "b" }),
    );
    fc.assert(
      fc.property(ref, ref, (a, b) => {
        expect(refKey(a) === refKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
