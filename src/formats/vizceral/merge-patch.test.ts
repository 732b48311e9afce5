import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cases } from "#testing/cases.ts";
import { deepFreeze } from "#testing/deep-freeze.ts";

import { mergePatch } from "./merge-patch.ts";
import { readVizceral } from "./read-vizceral.ts";

const graph = deepFreeze({
  name: "shop",
  nodes: [{ name: "web", metadata: { owner: "a", tier: 1 } }, { name: "cart" }, { name: "db" }],
  connections: [
    { source: "web", target: "cart", metrics: { normal: 1, danger: 2 } },
    { source: "cart", target: "db", metrics: { normal: 3 } },
    { source: "web", target: "db", metrics: { normal: 4 } },
    { source: "web", target: "db", metrics: { normal: 5 } },
  ],
});

describe("a merge patch of a graph", () => {
  it.each([
    ["changes a node by its name", { nodes: [{ name: "web", metadata: { owner: "b" } }] }],
    ["or by a key", { nodes: { web: { metadata: { owner: "b" } } } }],
  ])("%s, and leaves what it does not name", (_, patch) => {
    const metadata = { owner: "b", tier: 1 };
    expect(mergePatch(graph, patch)).toEqual({
      ...graph,
      nodes: [{ name: "web", metadata }, { name: "cart" }, { name: "db" }],
    });
  });

  it.each([
    [{ connections: [{ source: "web", target: "cart", metrics: { danger: null, normal: 9 } }] }],
    [{ connections: { web: { cart: { metrics: { danger: null, normal: 9 } } } } }],
  ])("changes a connection by its ends: %j", (patch) => {
    const [, ...others] = graph.connections;
    expect(mergePatch(graph, patch)["connections"]).toEqual([
      { source: "web", target: "cart", metrics: { normal: 9 } },
      ...others,
    ]);
  });

  it("adds what is new", () => {
    const patch = { nodes: { mail: {} }, connections: { cart: { mail: { metrics: { normal: 1 } } } } };
    const { nodes, connections } = mergePatch(graph, patch);
    expect(nodes).toEqual([...graph.nodes, { name: "mail" }]);
    expect(connections).toEqual([
      ...graph.connections,
      { source: "cart", target: "mail", metrics: { normal: 1 } },
    ]);
  });

  it("removes what is null: a node, a connection, all connections from a node", () => {
    expect(mergePatch(graph, { nodes: { cart: null } })["nodes"]).toHaveLength(2);
    expect(mergePatch(graph, { connections: { web: { db: null } } })["connections"]).toHaveLength(2);
    expect(mergePatch(graph, { connections: { web: null } })["connections"]).toEqual([graph.connections[1]]);
    expect(mergePatch(graph, { connections: null })).not.toHaveProperty("connections");
  });

  it("says the rate of a connection that is there twice, once", () => {
    const patch = { connections: { web: { db: { metrics: { normal: 1 } } } } };
    const { connections } = mergePatch(graph, patch);
    expect(connections).toEqual([
      ...graph.connections.slice(0, 2),
      { source: "web", target: "db", metrics: { normal: 1 } },
    ]);
  });

  it("reaches into the graphs inside", () => {
    const inside = { nodes: [{ name: "region", nodes: [{ name: "web" }] }] };
    expect(mergePatch(inside, { nodes: { region: { nodes: { web: { class: "danger" } } } } })).toEqual({
      nodes: [{ name: "region", nodes: [{ name: "web", class: "danger" }] }],
    });
  });

  it("leaves what is no node and no connection to the reader, which tells of it", () => {
    const patched = mergePatch(graph, { nodes: [7, { name: "web" }], connections: { web: 8 } });
    const read = readVizceral(patched, { now: 0 });
    const told = read.ok ? read.value.diagnostics.map(({ place }) => place) : [];
    expect(told).toEqual(expect.arrayContaining(["nodes[3]", "connections[4]"]));
  });

  it("takes __proto__ for a key like any other", () => {
    const patch: unknown = JSON.parse(
      '{"__proto__": {"polluted": 1}, "nodes": {"__proto__": {"__proto__": {"x": 1}}}}',
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is an object
    const patched = mergePatch(graph, patch as Record<string, unknown>);
    expect(Object.keys(patched)).toContain("__proto__");
    expect({}).not.toHaveProperty("polluted");
    expect(patched).not.toHaveProperty("polluted");
  });

  it("never throws, and has the same keys when it is applied twice", () => {
    const value = fc.oneof(fc.constantFrom<unknown>(null, 7, "a", [], {}), fc.jsonValue({ maxDepth: 2 }));
    const name = fc.constantFrom("web", "cart", "__proto__", "new");
    const node = fc.record({ name: fc.oneof(name, value), metadata: value }, { requiredKeys: [] });
    const link = fc.record(
      { source: fc.oneof(name, value), target: name, metrics: value },
      { requiredKeys: [] },
    );
    const patches = fc.record(
      {
        nodes: fc.oneof(fc.array(node), fc.dictionary(name, fc.oneof(node, fc.constant(null))), value),
        connections: fc.oneof(
          fc.array(link),
          fc.dictionary(name, fc.oneof(fc.dictionary(name, fc.oneof(link, value)), value)),
        ),
        other: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(patches, (patch) => {
        const once = mergePatch(graph, deepFreeze(patch));
        readVizceral(once, { now: 0 });
        expect(Object.keys(mergePatch(once, patch))).toEqual(Object.keys(once));
      }),
      { numRuns: cases(2_000) },
    );
  });
});
