import { readFileSync, readdirSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { cases } from "#testing/cases.ts";

import { extraLimits } from "./extra-keys.ts";
import { parseVizceral } from "./parse-vizceral.ts";
import { readVizceral } from "./read-vizceral.ts";
import { writeVizceral } from "./write-vizceral.ts";

const samples = new URL("../../../mock-data/vizceral/", import.meta.url);
const validSamples: readonly unknown[] = readdirSync(samples)
  .filter((name) => name.endsWith(".json") && name !== "two-documents.json")
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, samples), "utf8")));

/** What stands where something else was meant. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    2,
    3.7,
    1e9,
    1.5e12,
    1.5e15,
    1e300,
    Infinity,
    NaN,
  ),
  fc.constantFrom<unknown>(
    "",
    " ",
    "12.5",
    "NaN",
    "-3",
    "1541415600",
    "normal",
    "danger",
    "default",
    "other",
  ),
  fc.constantFrom<unknown>(
    "INTERNET",
    "internet",
    "a",
    "b",
    "__proto__",
    "constructor",
    "a/b",
    "x--y",
    "\uD800",
  ),
  fc.constantFrom<unknown>(
    "<b>x</b>",
    "<<b>b>",
    "&lt;b&gt;<i>",
    "https://example.com/",
    "javascript:alert(1)",
  ),
  fc.constantFrom<unknown>(
    "x".repeat(257),
    "y".repeat(1100),
    "global",
    "region",
    "focused",
    "Group",
    "ltrTree",
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [[]],
    [{}],
    { name: "a" },
    [{ name: "a" }, { name: "a" }],
    undefined,
  ),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__": {"polluted": true}, "normal": 3}')),
  fc.constantFrom<unknown>(
    { a: { normal: 1 }, b: { nodes: [] } },
    { normal: 1, default: 2, odd: "3", "": 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const keys = fc.constantFrom(
  ..."name displayName renderer layout entryNode class node_type metadata notices metrics maxVolume updated".split(
    " ",
  ),
  ..."serverUpdateTime windowMs classes nodes connections clusters regions value source target latencyMs".split(
    " ",
  ),
  ..."capacity instances title subtitle link severity color extra size __proto__ constructor 7".split(" "),
);

interface Mutation {
  /** Chooses the object or list to change, counting through the file. */
  readonly pick: number;
  readonly kind: "set" | "delete" | "copy" | "move";
  readonly key: string;
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  pick: fc.nat(10_000),
  kind: fc.constantFrom<Mutation["kind"]>("set", "set", "set", "delete", "copy", "move"),
  key: keys,
  value: junk,
});

const mutated: fc.Arbitrary<unknown> = fc
  .tuple(fc.nat(validSamples.length - 1), fc.array(mutation, { minLength: 1, maxLength: 8 }))
  .map(([sample, mutations]) => mutate(structuredClone(validSamples[sample]), mutations));

const junkItem = fc.dictionary(keys, junk, { maxKeys: 4 });
const connections = fc.array(
  fc
    .tuple(fc.record({ source: junk, target: junk, metrics: junk }), junkItem)
    .map(([ends, more]) => ({ ...ends, ...more })),
  { maxLength: 3 },
);

/** Graphs of nothing but junk, as deep as `levels`. */
function graphOf(levels: number): fc.Arbitrary<unknown> {
  const nodes = levels === 0 ? fc.constant([]) : fc.array(graphOf(levels - 1), { maxLength: 3 });
  return fc
    .tuple(junk, junkItem, nodes, connections)
    .map(([name, more, inside, links]) => ({ name, nodes: inside, connections: links, ...more }));
}

const anything = fc.oneof(
  { arbitrary: mutated, weight: 6 },
  { arbitrary: graphOf(2), weight: 3 },
  { arbitrary: fc.jsonValue(), weight: 1 },
);

describe("reading whatever comes", () => {
  it("never crashes, never changes the input, and survives being written and read again", () => {
    const prototypeKeys = Object.getOwnPropertyNames(Object.prototype);
    let drawn = 0;
    fc.assert(
      fc.property(anything, (input) => {
        const first = readVizceral(deepFreeze(input), { now: 1.7e12 });
        if (!first.ok) return first.error.message.length > 0;
        drawn += 1;
        const { snapshot } = first.value;
        const again = rereadOf(snapshot);
        return isSane(snapshot) && isDeepStrictEqual(again, snapshot);
      }),
      { numRuns: cases(10_000) },
    );
    expect(drawn, "most inputs must be drawn, or the law is not tested").toBeGreaterThan(cases(10_000) / 2);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeKeys);
  });

  it("never crashes on a text", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.tuple(mutated, fc.nat(2000), fc.string({ maxLength: 3 })).map(([input, at, noise]) => {
        const text = JSON.stringify(input);
        return text.slice(0, at) + noise + text.slice(at + 1);
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseVizceral(text, { now: 1.7e12 });
        expect(read.ok || read.error.message.length > 20).toBe(true);
      }),
      { numRuns: cases(2_000) },
    );
  });

  it("keeps deep and large input bounded", () => {
    let deep: unknown = {};
    for (let i = 0; i < 200_000; i += 1) deep = { nodes: [{ name: "a", x: deep }], x: deep };
    expect(readVizceral(deep, { now: 0 })).toMatchObject({ ok: true });
    let nested: unknown = { name: "leaf" };
    for (let i = 0; i < 50_000; i += 1) nested = { name: "a", nodes: [nested] };
    expect(readVizceral(nested, { now: 0 })).toMatchObject({
      ok: false,
      error: { bound: "depth", limit: 32 },
    });
    const heavy = { nodes: [{ name: "a" }], text: "x".repeat(extraLimits.perKey) };
    expect(readVizceral(heavy, { now: 0 })).toMatchObject({
      value: { diagnostics: [{ kind: "mended" }, { kind: "dropped", place: "text" }] },
    });
  });
});

/** The snapshot after being written, turned into text and read. */
function rereadOf(snapshot: TrafficSnapshot): TrafficSnapshot | undefined {
  const read = parseVizceral(JSON.stringify(writeVizceral(snapshot)), { now: 1.7e12 });
  return read.ok ? read.value.snapshot : undefined;
}

/** What every reader of snapshots relies on, beyond what the domain asserts. */
function isSane({ topology, rates, maxVolume, notices, at }: TrafficSnapshot): boolean {
  const names = new Set(topology.nodes.map(({ parent, name }) => JSON.stringify([parent, name])));
  const pairs = new Set(topology.edges.map(({ source, target }) => `${source} ${target}`));
  return (
    names.size === topology.nodes.length &&
    pairs.size === topology.edges.length &&
    topology.nodes.every(({ name }) => name.trim() !== "" && name.length <= 256) &&
    topology.classes.slice(0, 3).every(({ name }, i) => name === ["normal", "warning", "danger"][i]) &&
    topology.classes.length <= 16 &&
    rates.every((rate) => rate >= 0 && Number.isFinite(rate)) &&
    maxVolume.every((volume) => Number.isNaN(volume) || volume > 0) &&
    notices.every(
      ({ severity, link }) => [0, 1, 2].includes(severity) && !(link?.startsWith("j") ?? false),
    ) &&
    Number.isFinite(at)
  );
}

function mutate(file: unknown, mutations: readonly Mutation[]): unknown {
  for (const { pick, kind, key, value } of mutations) {
    const places = containers(file);
    const place = places[pick % places.length];
    if (place === undefined) continue;
    const own = Object.keys(place);
    const there = own[pick % Math.max(1, own.length)] ?? key;
    const chosen = pick % 3 === 0 ? key : there;
    if (kind === "delete") Reflect.deleteProperty(place, there);
    else if (kind === "set") put(place, chosen, structuredClone(value));
    else if (kind === "copy" && own.length > 0) {
      put(place, Array.isArray(place) ? place.length : key, structuredClone(place[there]));
    } else put(place, chosen, structuredClone(places[(pick * 7) % places.length]));
  }
  return file;
}

function put(place: Record<string, unknown>, key: string | number, value: unknown): void {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Every object and list in a file, found without recursion. */
function containers(file: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const waiting: unknown[] = [file];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (!isContainer(next)) continue;
    found.push(next);
    waiting.push(...Object.values(next));
  }
  return found;
}

/** Lists too are changed by key. */
function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function deepFreeze(input: unknown): unknown {
  for (const place of containers(input)) Object.freeze(place);
  return input;
}
