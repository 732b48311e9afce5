import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { twoRegions } from "#testing/builders.ts";
import { cases } from "#testing/cases.ts";

import { findItem, pathOf } from "../node-path.ts";
import type { TrafficSnapshot } from "../snapshot.ts";
import { nodeVolumes, rowTotal } from "../volume.ts";
import { mergeReports, type MergeInput } from "./merge-reports.ts";
import type { Observation, ObservedEdge, ObservedEnd } from "./observation.ts";

const at = 1_700_000_000_000;
const outside: ObservedEnd = { kind: "outside" };

function service(region: string | undefined, name: string, namespace?: string): ObservedEnd {
  return { kind: "service", region, name, ...(namespace === undefined ? {} : { namespace }) };
}

function edge(from: ObservedEnd, to: ObservedEnd, normal: number, danger = 0): ObservedEdge {
  return { from, to, rates: { normal, warning: 0, danger } };
}

function observation(edges: readonly ObservedEdge[], rest: Partial<Observation> = {}): Observation {
  return { at, windowMs: 60_000, edges, notices: [], capacities: [], problems: [], ...rest };
}

function said(source: string, edges: readonly ObservedEdge[], rest: Partial<Observation> = {}): MergeInput {
  return { source, isStale: false, report: { kind: "observation", observation: observation(edges, rest) } };
}

function merge(inputs: readonly MergeInput[]) {
  return mergeReports(inputs, { at, title: "shop", before: undefined });
}

/** "region/a > b": total of all classes. */
function drawn({ topology, rates }: TrafficSnapshot): Record<string, number> {
  const classes = topology.classes.length;
  return Object.fromEntries(
    topology.edges.map(({ source, target }, index) => {
      const name = (node: number) => pathOf(topology, node).join("/");
      return [`${name(source)} > ${name(target)}`, rowTotal(rates, index, classes)];
    }),
  );
}

describe("edges between services become a tree of regions", () => {
  it("within a region, between regions, and from outside", () => {
    const { snapshot } = merge([
      said("mesh", [
        edge(outside, service("east", "web"), 100),
        edge(service("east", "web"), service("east", "cart"), 60, 4),
        edge(service("east", "cart"), service("west", "stock"), 30),
        edge(service("east", "web"), service("west", "stock"), 12),
      ]),
    ]);
    expect(drawn(snapshot)).toEqual({
      "INTERNET > east": 100,
      "east/INTERNET > east/web": 100,
      "east/web > east/cart": 64,
      "east > west": 42,
      "east/cart > east/west": 30,
      "east/web > east/west": 12,
      "west/east > west/stock": 42,
    });
    const boundary = findItem(snapshot.topology, { kind: "node", path: ["east", "west"] });
    expect(boundary?.kind === "node" && snapshot.topology.nodes[boundary.node]?.type).toBe("region");
  });

  it("keeps the services on the other side of a boundary by name", () => {
    const { snapshot } = merge([said("mesh", [edge(service("a", "web"), service("b", "stock", "shop"), 1)])]);
    const found = must(
      findItem(snapshot.topology, { kind: "edge", parent: ["a"], source: "web", target: "b" }),
    );
    expect(found.kind === "edge" && snapshot.topology.edges[found.edge]?.metadata).toEqual({
      beyond: ["stock.shop"],
    });
  });

  it("shows what has no region under unknown, and tells namespaces apart", () => {
    const { snapshot } = merge([
      said("mesh", [edge(service(undefined, "web", "one"), service(undefined, "web", "two"), 5)]),
    ]);
    expect(drawn(snapshot)).toEqual({ "unknown/web.one > unknown/web.two": 5 });
    expect(must(snapshot.topology.nodes[2]).displayName).toBe("web");
  });

  it("does not take a service for a region of the same name", () => {
    const { snapshot } = merge([
      said("mesh", [
        edge(service("a", "b"), service("a", "c"), 1),
        edge(service("a", "c"), service("b", "d"), 2),
      ]),
    ]);
    expect(drawn(snapshot)).toMatchObject({ "a/b > a/c": 1, "a/c > a/b (region)": 2 });
  });

  it("counts traffic once at each level, whatever the edges are", () => {
    const end = fc.oneof(
      fc.constant(outside),
      fc.record({
        kind: fc.constant("service" as const),
        region: fc.constantFrom("a", "b", undefined),
        name: fc.constantFrom("x", "y", "z"),
      }),
    );
    const edges = fc.array(
      fc.record({
        from: end,
        to: end,
        rates: fc.record({ normal: fc.nat(99), warning: fc.nat(99), danger: fc.nat(99) }),
      }),
    );
    fc.assert(
      fc.property(edges, (list) => {
        const { snapshot } = merge([said("mesh", list)]);
        const { topology, rates } = snapshot;
        const classes = topology.classes.length;
        const total = (parent: number) =>
          must(topology.inside[parent]).reduce((sum, index) => sum + rowTotal(rates, index, classes), 0);
        const sum = (of: readonly ObservedEdge[]) =>
          of.reduce((all, { rates: r }) => all + r.normal + r.warning + r.danger, 0);
        const region = (of: ObservedEnd) => (of.kind === "outside" ? "outside" : (of.region ?? "unknown"));
        expect(total(0)).toBe(sum(list.filter(({ from, to }) => region(from) !== region(to))));
        for (const node of must(topology.children[0])) {
          const name = must(topology.nodes[node]).name;
          if (name === "INTERNET") continue;
          const touching = list.filter(({ from, to }) => region(from) === name || region(to) === name);
          expect(total(node)).toBe(sum(touching));
        }
      }),
      { numRuns: cases(200) },
    );
  });
});

describe("several sources become one graph", () => {
  const web = service("a", "web");
  const cart = service("a", "cart");

  it("the first that sees an edge is believed, and the other is told of", () => {
    const { snapshot, problems } = merge([
      said("one", [edge(web, cart, 10)]),
      said("two", [edge(web, cart, 11)]),
    ]);
    expect(drawn(snapshot)).toEqual({ "a/web > a/cart": 10 });
    expect(problems).toMatchObject([{ place: "two", found: "1 edge is also seen by one" }]);
    expect(snapshot.topology.edges[0]?.provenance).toEqual({ source: "one", windowMs: 60_000 });
  });

  it("one that is stale gives way to one that is not", () => {
    const stale = { ...said("one", [edge(web, cart, 10)]), isStale: true };
    expect(drawn(merge([stale, said("two", [edge(web, cart, 11)])]).snapshot)).toEqual({
      "a/web > a/cart": 11,
    });
    expect(drawn(merge([stale]).snapshot)).toEqual({ "a/web > a/cart": 10 });
  });

  it("one source's two rows of an edge are one edge", () => {
    expect(drawn(merge([said("one", [edge(web, cart, 10), edge(web, cart, 1, 2)])]).snapshot)).toEqual({
      "a/web > a/cart": 13,
    });
  });

  it("a source that knows no namespaces means the only service of that name", () => {
    const { snapshot } = merge([
      said("mesh", [edge(web, service("a", "cart", "shop"), 10)]),
      said("traces", [edge(cart, service("a", "stock"), 3)]),
    ]);
    expect(Object.keys(drawn(snapshot))).toEqual(["a/web > a/cart.shop", "a/cart.shop > a/stock"]);
  });

  it("nodes are as old as what was said of them last", () => {
    const { snapshot } = merge([
      said("one", [edge(web, cart, 1)], { at: at - 90_000 }),
      said("two", [edge(web, service("b", "x"), 1)]),
    ]);
    const age = (...path: string[]) => {
      const found = must(findItem(snapshot.topology, { kind: "node", path }));
      return at - must(snapshot.observedAt[found.kind === "node" ? found.node : -1]);
    };
    expect([age("a", "web"), age("a", "cart"), age("a")]).toEqual([0, 90_000, 0]);
  });

  it("does not depend on the order of a source's rows", () => {
    const list = [edge(web, cart, 1), edge(cart, service("b", "x"), 2), edge(outside, web, 3)];
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: 3 }), (shuffled) => {
        expect(drawn(merge([said("one", shuffled)]).snapshot)).toEqual(
          drawn(merge([said("one", list)]).snapshot),
        );
      }),
    );
  });

  it("keeps the topology as an object while only numbers change", () => {
    const first = merge([said("one", [edge(web, cart, 1)])]).snapshot;
    const options = { at: at + 1000, title: "shop", before: first.topology };
    expect(mergeReports([said("one", [edge(web, cart, 2)])], options).snapshot.topology).toBe(first.topology);
    const grown = mergeReports([said("one", [edge(web, cart, 2), edge(cart, web, 1)])], options);
    expect(grown.snapshot.topology.revision).toBe(first.topology.revision + 1);
  });
});

describe("whole graphs", () => {
  const graph = (isStale = false): MergeInput => ({
    source: "push",
    isStale,
    report: { kind: "snapshot", snapshot: twoRegions(), problems: [] },
  });

  it("are shown as they are when they are alone", () => {
    const own = twoRegions();
    const { snapshot } = merge([graph()]);
    expect(snapshot.topology).toEqual(own.topology);
    expect(snapshot.values).toEqual(own.values);
  });

  it("are marked as old when nothing has come for long", () => {
    const { snapshot } = merge([graph(true)]);
    expect(snapshot.observedAt.every((time) => !Number.isNaN(time))).toBe(true);
  });

  it("take what others see in, and lose nothing", () => {
    const own = twoRegions();
    const { snapshot } = merge([
      graph(),
      said("mesh", [edge(service("elsewhere", "a"), service("elsewhere", "b"), 7)]),
    ]);
    expect(drawn(snapshot)).toEqual({ ...drawn(own), "elsewhere/a > elsewhere/b": 7 });
    const volumes = nodeVolumes(own);
    expect(rowTotal(volumes.through, 0, own.topology.classes.length)).toBeGreaterThan(0);
  });
});

describe("what is said about services", () => {
  const web = service("a", "web", "shop");
  const edges = [
    edge(web, service("a", "cart"), 1),
    edge(service("b", "web", "shop"), service("b", "cart"), 1),
  ];

  it("notices stand on the node, on the edge, or in the list when there is neither", () => {
    const say = (about: object, title: string, to?: object) => ({
      about,
      title,
      severity: 1 as const,
      ...(to === undefined ? {} : { to }),
    });
    const { snapshot, problems } = merge([
      said("mesh", edges, {
        notices: [
          say({ region: "a", service: "web" }, "slow"),
          say({ service: "web", namespace: "shop" }, "everywhere"),
          say({ region: "a", service: "web" }, "link", { region: "a", service: "cart" }),
          say({ region: "a" }, "region"),
          say({ service: "nobody" }, "lost"),
        ],
      }),
    ]);
    expect(snapshot.notices.map(({ title, target }) => [title, target.kind])).toEqual([
      ["slow", "node"],
      ["everywhere", "node"],
      ["everywhere", "node"],
      ["link", "edge"],
      ["region", "node"],
    ]);
    expect(problems.map(({ found }) => found)).toEqual([
      '"lost" is about nobody, which is not in the picture',
    ]);
  });

  it("capacities are written down with where they come from, the first before later ones", () => {
    const capacities = [{ about: { service: "web" }, rps: 50, from: "HPA" }];
    const { snapshot } = mergeReports([said("mesh", edges, { capacities })], {
      at,
      title: "shop",
      before: undefined,
      capacities: [{ about: { region: "a", service: "web" }, rps: 80, from: "config" }],
    });
    const read = (region: string) => {
      const found = must(findItem(snapshot.topology, { kind: "node", path: [region, "web.shop"] }));
      const node = found.kind === "node" ? found.node : -1;
      return [snapshot.capacity[node], snapshot.topology.nodes[node]?.metadata?.["capacityFrom"]];
    };
    expect([read("a"), read("b")]).toEqual([
      [80, "config"],
      [50, "HPA"],
    ]);
  });
});
