import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { errorShare, severityRates } from "#domain/health.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { arbitraryScene, builtScene, positionNamed, type SceneWish } from "#testing/built-scene.ts";

import { staleAfterMs } from "./build-values.ts";

/** A column of numbers by the names of the nodes. */
function byName(
  snapshot: TrafficSnapshot,
  column: "nodeBadge" | "nodeHealth" | "nodeLoad" | "nodeStaleMs",
  wish: SceneWish = {},
) {
  const scene = builtScene(snapshot, wish);
  return Object.fromEntries(scene.structure.nodes.label.map((name, i) => [name, scene.values[column][i]]));
}

function withNotices(snapshot: TrafficSnapshot, ...notices: readonly Notice[]): TrafficSnapshot {
  const { at, windowMs, topology, values } = snapshot;
  return createSnapshot({ at, windowMs, topology, values, notices });
}

const nodeOf = ({ topology }: TrafficSnapshot, name: string, parent: string) =>
  topology.nodes.findIndex((node) => node.name === name && topology.nodes[node.parent]?.name === parent);

describe("how everything on screen fares", () => {
  it("stays within its bounds, whatever the traffic", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ structure, values }) => {
        const shares = [
          ...values.nodePart,
          ...values.nodeShares,
          ...values.edgeDanger,
          ...values.edgeWarning,
        ];
        expect(shares.filter((share) => !(share >= 0 && share <= 1 + 1e-6))).toEqual([]);
        expect([...values.nodeSize].filter((size) => !(size > 0 && size <= 1 + 1e-6))).toEqual([]);
        const most = structure.view === "ring" ? 96 : 26;
        expect([...values.edgeWidth].filter((width) => !(width >= 2 && width <= most + 1e-3))).toEqual([]);
        expect([...values.nodeHealth].every((index) => index < structure.classes.length)).toBe(true);
      }),
    );
  });

  it("gives the classes of a node shares that make one whole, where anything flows", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ structure, values }) => {
        const classes = structure.classes.length;
        for (let node = 0; node < structure.nodes.count; node += 1) {
          const sum = values.nodeShares
            .subarray(node * classes, (node + 1) * classes)
            .reduce((total, share) => total + share, 0);
          const whole = values.nodeVolume[node]! > 0 || sum > 0 ? 1 : 0;
          expect(sum).toBeCloseTo(whole, 4);
        }
      }),
    );
  });

  it("draws a wider lane for more traffic, and the widest for the reference", () => {
    const scene = builtScene(twoRegions(), { focus: ["east"], reference: 906 });
    const [first, second, third] = scene.values.edgeWidth;
    expect(first).toBeCloseTo(26, 4);
    expect(first).toBeGreaterThan(second!);
    expect(second).toBeGreaterThan(third!);
  });

  it("compares a node with what it can bear, else with its peak, and with nothing where neither is known", () => {
    const snapshot = buildSnapshot({
      view: "flow",
      children: { a: {}, b: {}, c: {} },
      edges: { "a > b": [50], "b > c": [50] },
    });
    snapshot.capacity[nodeOf(snapshot, "a", "global")] = 100;
    snapshot.maxVolume[nodeOf(snapshot, "a", "global")] = 1000;
    snapshot.maxVolume[nodeOf(snapshot, "b", "global")] = 40;
    expect(byName(snapshot, "nodeLoad")).toEqual({ a: 0.5, b: 1.25, c: NaN });
  });

  it("shows the health that the source declares, else what the traffic shows", () => {
    const snapshot = buildSnapshot({
      view: "flow",
      children: { declared: { class: "warning" }, fails: {}, fine: { class: "normal" } },
      edges: { "declared > fails": [0, 0, 100], "fine > declared": [10_000] },
    });
    expect(byName(snapshot, "nodeHealth")).toEqual({ declared: 1, fails: 2, fine: 0 });
  });

  it("says how old a node's numbers are when they are too old, and only then", () => {
    const snapshot = twoRegions(10_000_000);
    snapshot.observedAt.fill(NaN);
    snapshot.observedAt[nodeOf(snapshot, "east", "global")] = 10_000_000 - staleAfterMs - 1000;
    snapshot.observedAt[nodeOf(snapshot, "west", "global")] = 10_000_000 - staleAfterMs + 1000;
    expect(byName(snapshot, "nodeStaleMs")).toEqual({ INTERNET: 0, east: staleAfterMs + 1000, west: 0 });
  });
});

describe("values of edges", () => {
  it("split the traffic of any edge by severity as everybody else does", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ snapshot, structure, values }) => {
        structure.edgeIndex.forEach((edge, i) => {
          const rates = severityRates(snapshot.rates, edge, snapshot.topology.classes);
          expect(values.edgeRate[i]).toBe(Math.fround(rates.total));
          expect(values.edgeDanger[i]).toBe(Math.fround(errorShare(rates)));
        });
      }),
    );
  });
});

describe("badges", () => {
  const snapshot = twoRegions();
  const api = nodeOf(snapshot, "api", "east");
  const at = (severity: 0 | 1 | 2): Notice => ({ target: { kind: "node", node: api }, title: "x", severity });

  it("stand on the node that a notice is about", () => {
    expect(byName(withNotices(snapshot, at(0)), "nodeBadge", { focus: ["east"] })).toMatchObject({
      api: 1,
      cart: 0,
    });
  });

  it("of warnings and errors are seen from above, of mere information not", () => {
    expect(byName(withNotices(snapshot, at(2)), "nodeBadge")).toEqual({ INTERNET: 0, east: 3, west: 0 });
    expect(byName(withNotices(snapshot, at(1)), "nodeBadge")).toEqual({ INTERNET: 0, east: 2, west: 0 });
    expect(byName(withNotices(snapshot, at(0)), "nodeBadge")).toEqual({ INTERNET: 0, east: 0, west: 0 });
  });

  it("show the worst of several", () => {
    expect(byName(withNotices(snapshot, at(1), at(2), at(0)), "nodeBadge")).toMatchObject({ east: 3 });
  });

  it("stand on the edge that a notice is about, and on the region around it", () => {
    const edge = snapshot.topology.edges.findIndex(({ source }) => source === api);
    const noticed = withNotices(snapshot, { target: { kind: "edge", edge }, title: "x", severity: 2 });
    const inside = builtScene(noticed, { focus: ["east"] });
    expect([...inside.values.edgeBadge]).toEqual([0, 3, 0]);
    expect(inside.values.nodeBadge[positionNamed(inside, "api")]).toBe(0);
    expect(byName(noticed, "nodeBadge")).toMatchObject({ east: 3, west: 0 });
  });
});
