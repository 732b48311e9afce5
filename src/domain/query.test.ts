import { describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions } from "#testing/builders.ts";

import { matchesNode, parseQuery } from "./query.ts";
import { nodeVolumes } from "./volume.ts";

function found(text: string, snapshot = twoRegions()): string[] {
  const query = parseQuery(text);
  if (!query.ok) throw new Error(query.error.message);
  const volumes = nodeVolumes(snapshot);
  return snapshot.topology.nodes
    .filter((_, node) => node > 0 && matchesNode(query.value, snapshot, volumes, node))
    .map(({ name }) => name);
}

describe("finding nodes", () => {
  it("finds by a part of the name, whatever its case, and what holds it", () => {
    expect(found("CART")).toEqual(["east", "cart", "west", "cart"]);
  });

  it("finds a service by the name of an instance", () => {
    expect(found("api-1")).toEqual(["api", "api-1", "api", "api-1"]);
  });

  it("joins terms with and, bars with or, and negates with a dash", () => {
    expect(found("cart|store -store")).toEqual(["cart", "cart"]);
  });

  it("compares rates and shares", () => {
    expect(found("rate>800 -internet")).toEqual(["api", "api"]);
    expect(found("errors>0.9% type:storage|cart")).toEqual(["cart", "cart"]);
  });

  it("knows what is silent and what is a problem", () => {
    const snapshot = buildSnapshot({
      children: { a: { isEntry: true }, b: {}, c: {}, d: {} },
      edges: { "a > b": [80, 0, 20], "a > c": [0, 0, 0], "a > d": [100, 0, 0] },
    });
    expect(found("is:failing", snapshot)).toEqual(["a", "b"]);
    expect(found("is:silent", snapshot)).toEqual(["c"]);
    expect(found("-is:problem", snapshot)).toEqual(["c", "d"]);
  });

  it.each([
    ["rate>many", "needs a number"],
    ["is:odd", "is:failing"],
  ])("refuses %s with a hint", (text, hint) => {
    const query = parseQuery(text);
    expect(query.ok ? "" : query.error.message).toContain(hint);
  });

  it("takes an unknown prefix as part of a name", () => {
    expect(found("http://x")).toEqual([]);
  });
});
