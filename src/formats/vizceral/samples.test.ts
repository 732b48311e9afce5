import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Diagnostic } from "#domain/diagnostic.ts";
import { viewOf } from "#domain/focus.ts";
import { pathOf } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes, rowTotal } from "#domain/volume.ts";

import { parseVizceral } from "./parse-vizceral.ts";

const now = 1_700_000_000_000;

/** One file of mock-data/vizceral, read, with its diagnostics as lines. */
function sample(name: string): { snapshot: TrafficSnapshot; told: readonly string[] } {
  const text = readFileSync(new URL(`../../../mock-data/vizceral/${name}`, import.meta.url), "utf8");
  const read = parseVizceral(text, { now });
  if (!read.ok) throw new Error(read.error.message);
  return { snapshot: read.value.snapshot, told: read.value.diagnostics.map(line) };
}

function line({ kind, place, found, done }: Diagnostic): string {
  return `${kind}: ${place}: ${found}: ${done}`;
}

function names(snapshot: TrafficSnapshot): readonly string[] {
  return snapshot.topology.nodes.map(({ name }) => name);
}

/** Every edge with its rates: "a > b: 1 0 0". */
function flows({ topology, rates }: TrafficSnapshot): readonly string[] {
  const classes = topology.classes.length;
  return topology.edges.map(({ source, target }, edge) => {
    const row = rates.slice(edge * classes, (edge + 1) * classes);
    return `${topology.nodes[source]?.name} > ${topology.nodes[target]?.name}: ${row.join(" ")}`;
  });
}

describe("the samples of mock-data/vizceral", () => {
  it("simple.json: a graph without any renderer, the example of the documentation, has nothing odd", () => {
    const { snapshot, told } = sample("simple.json");
    expect(told).toEqual([]);
    expect(flows(snapshot)).toEqual([
      "INTERNET > web: 240 0 1.5",
      "web > cart: 80 2 0",
      "cart > orders-db: 35 0 0",
    ]);
    expect(snapshot.at).toBe(now);
    expect(snapshot.topology.nodes[1]).toEqual({ name: "INTERNET", parent: 0, isEntry: true });
    expect(snapshot.topology.nodes[4]).toEqual({ name: "orders-db", parent: 0, type: "storage" });
    expect(viewOf(snapshot.topology, 0)).toBe("flow");
  });

  it("wrapper.json: the graph inside a wrapper is read", () => {
    const { snapshot, told } = sample("wrapper.json");
    expect(names(snapshot)).toEqual(["global", "INTERNET", "east", "INTERNET", "api"]);
    expect(snapshot.topology.nodes[0]?.extra).toEqual({ "@type": "type.example.com/traffic.Graph" });
    expect(viewOf(snapshot.topology, 0)).toBe("ring");
    expect(told).toEqual([
      "note: value: the graph stands inside a wrapper: read what is inside; the wrapper's other keys were left out",
    ]);
  });

  it("clusters.json: clusters are nodes, focused is focusedChild, streaming may be anything", () => {
    const { snapshot, told } = sample("clusters.json");
    expect(names(snapshot)).toEqual([
      "us-east-1",
      "INTERNET",
      "api",
      "api-main",
      "api-canary",
      "store",
      "store-1",
    ]);
    expect(snapshot.topology.nodes[2]).toEqual({
      name: "api",
      parent: 0,
      view: "neighbourhood",
      metadata: { streaming: true },
      extra: { renderer: "focused" },
    });
    // What an instance reports of itself; the last one reports nothing.
    expect(Array.from(snapshot.nodeRates.subarray(9, 15))).toEqual([480, 0, 2, 20, 0, 0]);
    expect(Array.from(snapshot.nodeRates.subarray(18))).toEqual([NaN, NaN, NaN]);
    expect(snapshot.maxVolume[0]).toBe(900);
    expect(told).toEqual([
      "note: nodes[1].clusters: clusters instead of nodes: read them as nodes, here and wherever else",
    ]);
  });

  it("classes.json: classes are an open set with colours, default is normal, nulls are nothing, seconds are seconds", () => {
    const { snapshot, told } = sample("classes.json");
    expect(snapshot.topology.classes).toEqual([
      { name: "normal", severity: "normal", color: "rgb(186, 213, 237)" },
      { name: "warning", severity: "warning", color: "rgb(268, 185, 73)" },
      { name: "danger", severity: "danger", color: "#b82424" },
      { name: "timeout", severity: "danger", color: "mediumpurple" },
      { name: "shadow", severity: "normal" },
      { name: "retried", severity: "normal" },
    ]);
    expect(flows(snapshot)).toEqual([
      "INTERNET > productpage: 98.8 0 1.2 0.4 0 0",
      "productpage > reviews: 60 0 0 0 0 3",
      "INTERNET > demo-cluster-1: 98.8 0 1.2 0 0 0",
    ]);
    expect(snapshot.at).toBe(1_541_415_600_000);
    expect(snapshot.topology.nodes.map((node) => node.class)).toEqual([
      undefined,
      "normal",
      "normal",
      undefined,
      "danger",
      undefined,
    ]);
    expect(snapshot.topology.nodes[5]?.extra).toEqual({ class: "purple" });
    expect(told).toEqual([
      'dropped: classes[4].color: "url(javascript:alert(1))" is no colour such as #c33, rgb(200, 50, 50) or crimson: left the colour to the theme',
      "dropped: nodes[1].nodes[0].name: a node without a name: left the node out, and what is inside it",
      "dropped: nodes[1].connections[2].source: a connection without a source: left the connection out",
      "note: serverUpdateTime: 1541415600 is a moment in seconds: read it as such",
      'mended: nodes[1].nodes[2].class: no traffic and no colour table knows the class "error": showed it as danger',
      'mended: nodes[1].nodes[3].class: no traffic and no colour table knows the class "purple": showed it as normal',
    ]);
  });

  it("odd-names.json: any text is a name, and edges find their ends by structure", () => {
    const { snapshot, told } = sample("odd-names.json");
    expect(snapshot.topology.nodes).toHaveLength(21);
    expect(names(snapshot)).toContain("__proto__");
    expect(flows(snapshot)).toEqual([
      "käufer > node-fetch/1.0: 1 0 0 0 0",
      "a--b > c: 2 0 0 0 0",
      "a > b--c: 3 0 0 0 0",
      "api:8080?x=1&y=#z >  leading and trailing : 4 0 0 0 0",
      "検索 > поиск: 5 0 0 0 0",
      "поиск > 🛒: 6 0 0 0 0",
      "__proto__ > constructor: 7 0 0 8 0",
      "constructor > toString: 0 0 0 0 9",
      "42 > %2F: 10 0 0 0 0",
      "... > <b>bold</b>: 11 0 0 0 0",
      "half \uFFFD > line\nbreak: 12 0 0 0 0",
    ]);
    expect(snapshot.topology.nodes[1]).toEqual({ name: "käufer", parent: 0, isEntry: true });
    expect(told).toEqual([
      'mended: nodes[11].name: the name is "half \\ud83d": replaced half characters by \uFFFD',
      "mended: nodes[15].name: the name is 42: read the number as a text",
    ]);
  });

  it("dangling.json: what leads nowhere is left out and told, but its notices are kept", () => {
    const { snapshot, told } = sample("dangling.json");
    expect(names(snapshot)).toEqual(["us-west-2", "INTERNET", "proxy", "api", "lonely"]);
    expect(flows(snapshot)).toEqual(["INTERNET > proxy: 100 0 0", "proxy > api: 90 0 0"]);
    expect(snapshot.notices).toEqual([
      { target: { kind: "node", node: 0 }, title: "Nobody is here", severity: 0 },
      {
        target: { kind: "node", node: 1 },
        title: "Latency is high",
        link: "https://example.com/graph?id=1",
        severity: 1,
      },
    ]);
    expect(told).toHaveLength(14);
    expect(told).toContain(
      'dropped: connections[1].target: target "proxy-log" is not among the nodes of "us-west-2": left the connection out',
    );
    expect(told).toContain(
      "mended: connections[1].notices: notices of a connection that was left out: moved them to the node at its other end, or to the one around it",
    );
    expect(told.at(-1)).toBe(
      'note: nodes: one node of "us-west-2" without connections: kept them; they stand apart',
    );
  });

  it("duplicates.json: the first of two nodes is kept, parts of a connection add up, copies and self connections do no harm", () => {
    const { snapshot, told } = sample("duplicates.json");
    expect(names(snapshot)).toEqual(["us-east-1", "INTERNET", "api", "api-1", "api-2", "cart"]);
    expect(snapshot.topology.nodes[2]).toEqual({ name: "api", parent: 0, displayName: "API" });
    expect(flows(snapshot)).toEqual([
      "INTERNET > api: 100 0 1",
      "api > cart: 20 0 0",
      "cart > api: 5 0 0",
      "cart > cart: 2 0 0",
      "INTERNET > INTERNET: 1 0 0",
    ]);
    expect(snapshot.topology.edges[0]?.class).toBe("normal");
    expect(snapshot.notices.map(({ title }) => title)).toEqual(["http", "grpc"]);
    expect(told.map((text) => text.split(":").slice(0, 2).join(":"))).toEqual([
      "dropped: nodes[1].nodes[1]",
      "dropped: nodes[2]",
      "dropped: nodes[3]",
      "mended: connections[1]",
      "dropped: connections[2]",
    ]);
    expect(rowTotal(nodeVolumes(snapshot).through, 2, 3)).toBe(106);
  });

  it("nulls.json: null is the same as absent", () => {
    const { snapshot, told } = sample("nulls.json");
    expect(names(snapshot)).toEqual(["global", "INTERNET", "east", "api", "west"]);
    expect(flows(snapshot)).toEqual([
      "INTERNET > east: 0 0 0",
      "INTERNET > west: 0 0 0",
      "east > west: 0 0 0",
    ]);
    expect(snapshot.topology.nodes[1]).toEqual({ name: "INTERNET", parent: 0, view: "flow", isEntry: true });
    expect(told).toEqual([
      "mended: nodes[2].nodes: nodes is an object, not a list: took its keys for the nodes' names",
      "dropped: nodes[2].connections: connections is an object, not a list: left it out",
    ]);
  });

  it("negative.json: rates are finite and never negative, a stale maxVolume is kept and told", () => {
    const { snapshot, told } = sample("negative.json");
    expect(flows(snapshot)).toEqual([
      "web > store: 10391.5 0 0 0",
      "jobs > store: 0 0 3 0",
      "web > jobs: 0 0 0 0",
      "store > jobs: 12.5 0 0 9007199254740991",
      "jobs > web: 0 0 0 0",
    ]);
    expect([...snapshot.maxVolume]).toEqual([NaN, 1000, NaN, NaN, NaN]);
    expect(snapshot.topology.nodes[4]?.extra).toEqual({ maxVolume: -5 });
    expect(snapshot.nodeRates[16]).toBe(0);
    expect([...snapshot.observedAt]).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(told).toContain("mended: nodes[0].updated: updated is 1, not a moment: kept it without using it");
    expect(told).toContain(
      "mended: nodes[0].connections[1].metrics.normal: the rate is -12.25, below 0: read it as 0",
    );
    expect(told).toContain(
      'mended: nodes[0].connections[3].metrics.normal: the rate is "12.5": read the text as a number',
    );
    expect(told).toContain(
      'dropped: nodes[0].connections[3].metrics.danger: the rate is "NaN", not a number: left it out',
    );
    expect(told).toContain(
      "dropped: nodes[0].connections[4].metrics: metrics is a list of 2, not an object: left it out",
    );
    expect(told.at(-1)).toMatch(
      /^note: nodes\[0\]\.maxVolume: maxVolume of "us-west-2" is 1000, but \d+ requests\/s/,
    );
  });

  it("zero-volume.json: a maxVolume of 0 is unknown; capacity, instances and latency are read where they are numbers", () => {
    const { snapshot, told } = sample("zero-volume.json");
    expect([...snapshot.maxVolume]).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(snapshot.capacity[1]).toBe(4000);
    expect(snapshot.instances[3]).toBe(4);
    expect([snapshot.latencyMs.p50[0], snapshot.latencyMs.p95[0], snapshot.latencyMs.p99[0]]).toEqual([
      12,
      NaN,
      240,
    ]);
    expect(snapshot.topology.edges[1]?.extra).toEqual({ latencyMs: 3 });
    expect(snapshot.topology.nodes[0]?.extra).toEqual({ entryNode: "INTERNET" });
    expect(told).toContain(
      'mended: entryNode: entryNode "INTERNET" is not among the nodes: looked for the entry as if it were not there',
    );
  });

  it("unknown-kinds.json: unknown renderers, layouts and classes fall back, unknown keys are kept, severities clamped", () => {
    const { snapshot, told } = sample("unknown-kinds.json");
    expect(snapshot.topology.nodes[0]?.view).toBeUndefined();
    expect(snapshot.topology.nodes[0]?.extra).toEqual({
      renderer: "Group",
      layout: "ringLayout",
      GroupInfo: [{ name: "line 1", colour: "#123" }],
    });
    expect(snapshot.topology.nodes[1]).toEqual({
      name: "押出機",
      parent: 0,
      type: "robot",
      extra: { renderer: "Group", size: 120, position: { x: 10, y: 20 }, class: "blue" },
    });
    expect(snapshot.topology.edges[0]?.extra).toEqual({
      annotations: [{ label: "belt", class: "normal" }],
      status: { up: true },
      node: [],
    });
    expect(snapshot.notices.map(({ title, severity, link }) => [title, severity, link])).toEqual([
      ["Wartung", 2, undefined],
      ["Hot", 0, undefined],
      ["Odd", 1, undefined],
      ["only a subtitle", 0, undefined],
      ["just words", 0, undefined],
      ["Relative", 0, undefined],
      ["Script", 0, undefined],
      ["Good", 0, "HTTPS://example.com/a?b=c"],
    ]);
    expect(told).toHaveLength(11);
    expect(told[0]).toBe(
      'note: renderer: the renderer "Group" is not known: drew the graph as its nodes and connections suggest, here and wherever else',
    );
  });

  it("html-notices.json: markup becomes the text that it showed", () => {
    const { snapshot } = sample("html-notices.json");
    expect(snapshot.topology.nodes[0]?.view).toBe("flow");
    expect(snapshot.notices.map(({ title, subtitle }) => [title, subtitle])).toEqual([
      ["Traffic/sec | 12.5; Errors | 3 %", undefined],
      ["p99 < 200 ms && p50 > 10 ms", "R&D says fine"],
      ["Look", undefined],
      ["&lt;b&gt;not markup&lt;/b&gt;", undefined],
    ]);
  });

  it("times.json: moments are read in any unit, and what is no moment is kept unread", () => {
    const { snapshot, told } = sample("times.json");
    expect(snapshot.at).toBe(1_541_415_600_500);
    expect([...snapshot.observedAt]).toEqual([
      NaN,
      NaN,
      1_541_415_590_000,
      1_541_415_590_000,
      1_541_415_590_000,
      1_541_415_000_000,
      NaN,
      NaN,
    ]);
    expect(snapshot.topology.nodes[7]?.extra).toEqual({ updated: "2018-11-05T11:00:00Z" });
    expect(told.at(-1)).toBe(
      'note: nodes[4].updated: "text" was last heard of 10 min before the file was written: kept it; it shows as stale',
    );
  });

  it("version-one.json: the format of June 2016 becomes a graph of regions", () => {
    const { snapshot } = sample("version-one.json");
    const { topology } = snapshot;
    expect(topology.nodes.map((_, node) => pathOf(topology, node).join(" > "))).toEqual([
      "",
      "INTERNET",
      "us-east-1",
      "us-east-1 > INTERNET",
      "us-east-1 > proxy",
      "us-east-1 > log",
      "eu-west-1",
      "eu-west-1 > INTERNET",
      "eu-west-1 > proxy",
    ]);
    expect(flows(snapshot).slice(-2)).toEqual([
      "INTERNET > us-east-1: 3500 0 4",
      "INTERNET > eu-west-1: 1200 0 0",
    ]);
    expect(snapshot.maxVolume[2]).toBe(5000);
    expect(snapshot.at).toBe(1_465_500_000_000);
  });
});
