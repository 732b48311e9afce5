import { describe, expect, it } from "vitest";

import { limits } from "#domain/limits.ts";

import { readVizceral, type VizceralOptions, type VizceralReading } from "./read-vizceral.ts";

const now = 1_700_000_000_000;

function reading(input: unknown, options: Partial<VizceralOptions> = {}): VizceralReading {
  const read = readVizceral(input, { now, ...options });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function list<T>(length: number, item: (index: number) => T): readonly T[] {
  return Array.from({ length }, (_, index) => item(index));
}

function regionOf(count: number): unknown {
  return { name: "global", nodes: [{ name: "region", nodes: list(count, (i) => ({ name: `n${i}` })) }] };
}

function copies(count: number): unknown {
  return {
    nodes: [{ name: "a" }, { name: "b" }],
    connections: list(count, () => ({ source: "a", target: "b" })),
  };
}

function entries(nodes: readonly { name: string }[]) {
  return reading({ name: "global", nodes }).snapshot.topology.nodes.filter(({ isEntry }) => isEntry);
}

function region(updated: unknown) {
  return { name: "east", updated };
}

describe("bounds", () => {
  it("reads as many nodes as the domain allows, and refuses one more with its number and place", () => {
    expect(reading(regionOf(limits.nodes - 2)).snapshot.topology.nodes).toHaveLength(limits.nodes);
    expect(readVizceral(regionOf(limits.nodes - 1), { now })).toEqual({
      ok: false,
      error: {
        kind: "too-large",
        bound: "nodes",
        limit: 20_000,
        found: 20_001,
        place: "nodes[0].nodes",
        message:
          "Too many nodes: 20,001 at nodes[0].nodes, where at most 20,000 can be drawn. Leave some out, or split the file.",
      },
    });
  });

  it("refuses too many connections, even where they are copies", () => {
    expect(reading(copies(1000)).snapshot.topology.edges).toHaveLength(1);
    expect(readVizceral(copies(limits.edges + 1), { now })).toMatchObject({
      error: { kind: "too-large", bound: "edges", found: 100_001, place: "connections" },
    });
  });

  it("refuses more levels than the domain allows", () => {
    const tower = (levels: number): unknown =>
      levels === 1 ? { name: "top" } : { name: "level", nodes: [tower(levels - 1)] };
    expect(reading(tower(limits.depth)).snapshot.topology.nodes).toHaveLength(limits.depth);
    expect(readVizceral(tower(limits.depth + 1), { now })).toMatchObject({
      error: { kind: "too-large", bound: "depth", limit: 32, found: 33 },
    });
  });

  it("refuses a name that is too long, wherever it stands", () => {
    const name = "x".repeat(limits.nameLength);
    expect(reading({ nodes: [{ name }] }).snapshot.topology.nodes[1]?.name).toBe(name);
    expect(readVizceral({ nodes: [{ name: `${name}x` }] }, { now })).toMatchObject({
      error: { kind: "too-large", bound: "nameLength", found: 257, place: "nodes[0].name" },
    });
    expect(readVizceral({ name: `${name}x`, nodes: [{ name }] }, { now })).toMatchObject({
      error: { bound: "nameLength", place: "name" },
    });
  });

  it("cuts other texts instead", () => {
    const { snapshot, diagnostics } = reading({
      name: "global",
      nodes: [{ name: "a", displayName: "😀".repeat(600), notices: [{ title: "t".repeat(5000) }] }],
    });
    expect(snapshot.topology.nodes[1]?.displayName).toBe(`${"😀".repeat(511)}…`);
    expect(snapshot.notices[0]?.title).toBe(`${"t".repeat(1023)}…`);
    expect(diagnostics).toMatchObject([{ place: "nodes[0].displayName", done: "cut it to 1024 characters" }]);
  });

  it("counts classes that find no room as one", () => {
    const metrics = Object.fromEntries(list(20, (i) => [`class-${i}`, 1]));
    const { snapshot, diagnostics } = reading({
      name: "global",
      nodes: [{ name: "a" }, { name: "b" }],
      connections: [{ source: "a", target: "b", metrics: { ...metrics, normal: 100, danger: 2 } }],
    });
    expect(snapshot.topology.classes.map(({ name }) => name)).toEqual([
      "normal",
      "warning",
      "danger",
      ...list(12, (i) => `class-${i}`),
      "other",
    ]);
    expect([...snapshot.rates]).toEqual([100, 0, 2, ...list(12, () => 1), 8]);
    expect(diagnostics[0]).toEqual({
      kind: "mended",
      place: "connections[0].metrics.class-12",
      found: 'the class "class-12" is one too many',
      done: 'counted it as "other", here and wherever else',
    });
  });

  it("keeps as many notices as the domain allows", () => {
    const notices = list(limits.notices + 5, (i) => ({ title: `notice ${i}` }));
    const { snapshot, diagnostics } = reading({ name: "global", nodes: [{ name: "a", notices }] });
    expect(snapshot.notices).toHaveLength(limits.notices);
    expect(diagnostics).toMatchObject([{ kind: "dropped", found: "more than 2,000 notices" }]);
  });

  it("lists only so many diagnostics, and says how many more there were", () => {
    const connections = list(5000, (i) => ({ source: "a", target: `nowhere ${i}` }));
    const { diagnostics } = reading(
      { name: "global", nodes: [{ name: "a" }], connections },
      { diagnosticLimit: 10 },
    );
    expect(diagnostics).toHaveLength(11);
    expect(diagnostics.at(-1)).toMatchObject({ found: "4,990 more oddities beside the 10 listed" });
  });
});

describe("unknown keys", () => {
  it("are kept as copies, within bounds", () => {
    const deep = JSON.parse(`${"[".repeat(30)}${"]".repeat(30)}`) as unknown;
    const props = { list: [1, { two: "2" }], nothing: null };
    const { snapshot, diagnostics } = reading({
      name: "global",
      nodes: [{ name: "a", props, deep, wide: list(70_000, () => 0), plus: Infinity }],
    });
    const extra = snapshot.topology.nodes[1]?.extra;
    expect(extra).toEqual({ props });
    expect(extra?.["props"]).not.toBe(props);
    expect(diagnostics.map(({ kind, place, found }) => `${kind} ${place} ${found}`)).toEqual([
      'dropped nodes[0].deep the key "deep" cannot be kept: it is nested deeper than 16 levels',
      'dropped nodes[0].wide the key "wide" cannot be kept: it is too large',
      'dropped nodes[0].plus the key "plus" cannot be kept: it holds a number that JSON does not have',
    ]);
  });

  it("cannot reach a prototype", () => {
    const input: unknown = JSON.parse(
      `{"name": "global", "__proto__": {"polluted": 1}, "nodes": [
         {"name": "a", "metadata": {"constructor": {"prototype": {"polluted": 1}}, "__proto__": {"polluted": 1}}}]}`,
    );
    const { snapshot, diagnostics } = reading(input);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(snapshot.topology.nodes[0]?.extra).toBeUndefined();
    expect(snapshot.topology.nodes[1]?.metadata).toEqual({ constructor: { prototype: { polluted: 1 } } });
    expect(diagnostics.map(({ place }) => place)).toEqual(["__proto__", "nodes[0].metadata.__proto__"]);
  });
});

describe("the entry of a graph", () => {
  it.each([
    [{ entryNode: "edge" }, "edge"],
    [{}, "INTERNET"],
    [{ entryNode: "nowhere" }, "INTERNET"],
    [{ entryNode: 7 }, "INTERNET"],
  ])("of %j is %s", (keys, entry) => {
    const nodes = [{ name: "internet" }, { name: "edge" }, { name: "INTERNET" }];
    const { topology } = reading({ name: "global", nodes, ...keys }).snapshot;
    expect(topology.nodes.filter(({ isEntry }) => isEntry).map(({ name }) => name)).toEqual([entry]);
  });

  it("may be written in small letters, or not be there", () => {
    expect(entries([{ name: "a" }, { name: "Internet" }])).toMatchObject([{ name: "Internet" }]);
    expect(entries([{ name: "a" }, { name: "b" }])).toEqual([]);
  });
});

describe("renderers and layouts", () => {
  it.each([
    ["global", undefined, "ring", undefined],
    ["dns", undefined, "ring", { renderer: "dns" }],
    ["region", undefined, "flow", undefined],
    ["focusedChild", "ltrTree", "neighbourhood", { layout: "ltrTree" }],
    ["focused", undefined, "neighbourhood", { renderer: "focused" }],
    [undefined, "ringCenter", "ring", { layout: "ringCenter" }],
    [undefined, "ltrTree", "flow", { layout: "ltrTree" }],
    ["Group", "ring", "ring", { renderer: "Group", layout: "ring" }],
    [5, undefined, undefined, { renderer: 5 }],
  ])("%s with layout %s is drawn as %s", (renderer, layout, view, extra) => {
    const node = reading({ name: "global", renderer, layout, nodes: [{ name: "a" }] }).snapshot.topology
      .nodes[0];
    expect([node?.view, node?.extra]).toEqual([view, extra]);
  });
});

describe("moments", () => {
  it("take the file's own time, else the newest of its nodes, else now", () => {
    const nodes = [region(1_600_000_000), region(1_500_000_000)];
    expect(reading({ nodes, serverUpdateTime: 1_650_000_000_000 }).snapshot.at).toBe(1_650_000_000_000);
    expect(reading({ nodes, serverUpdateTime: 1 }).snapshot.at).toBe(1_600_000_000_000);
    expect(reading({ nodes: [region(1)] }).snapshot.at).toBe(now);
  });

  it("are moved together for a file that is played as if it were live", () => {
    const nodes = [region(1_650_000_000_000 - 60_000)];
    const { snapshot } = reading({ nodes, serverUpdateTime: 1_650_000_000_000 }, { times: "as-if-now" });
    expect(snapshot.at).toBe(now);
    expect(snapshot.observedAt[1]).toBe(now - 60_000);
  });
});

it("takes revision and window from its caller, unless the file tells the window", () => {
  const { snapshot } = reading({ nodes: [{ name: "a" }] }, { revision: 7, windowMs: 10_000 });
  expect([snapshot.topology.revision, snapshot.windowMs]).toEqual([7, 10_000]);
  expect(reading({ nodes: [{ name: "a" }], windowMs: 60_000 }).snapshot.windowMs).toBe(60_000);
  expect(reading({ nodes: [{ name: "a" }], windowMs: -1 }).snapshot.windowMs).toBe(1000);
});
