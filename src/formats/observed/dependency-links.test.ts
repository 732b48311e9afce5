import { describe, expect, it } from "vitest";

import { noRegionRule } from "#domain/observed/region-rule.ts";
import type { Observation } from "#domain/observed/observation.ts";

import { readJaeger } from "../jaeger/read-jaeger.ts";
import { readZipkin } from "../zipkin/read-zipkin.ts";
import type { ObservationOptions } from "./observation-reading.ts";

const now = 1_700_000_000_000;
const options: ObservationOptions = {
  now,
  windowMs: 60_000,
  regions: { ...noRegionRule, fallback: "us-east-1" },
  statuses: {},
};

const service = (name: string) => ({ kind: "service", region: "us-east-1", name });

function observed(input: unknown, more: Partial<ObservationOptions> = {}): Observation {
  const read = readZipkin(input, { ...options, ...more });
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe("dependencies of Zipkin", () => {
  it("are averages over the look-back, with errors apart", () => {
    // The example of https://zipkin.io/zipkin-api/, with a count of errors.
    const { at, windowMs, edges, problems } = observed([
      { parent: "frontend", child: "cart", callCount: 120, errorCount: 3 },
      { parent: "cart", child: "mysql", callCount: 60 },
    ]);
    expect([at, windowMs]).toEqual([now, 60_000]);
    expect(edges).toEqual([
      { from: service("frontend"), to: service("cart"), rates: { normal: 1.95, warning: 0, danger: 0.05 } },
      { from: service("cart"), to: service("mysql"), rates: { normal: 1, warning: 0, danger: 0 } },
    ]);
    expect(problems).toEqual([
      {
        kind: "note",
        place: "top level",
        found: "the calls of 1 min are counted",
        done: "showed the average over that time, not what flows now",
      },
    ]);
  });

  it("are taken for a day's where nobody says how long they count", () => {
    const { windowMs, edges, problems } = observed([{ parent: "a", child: "b", callCount: 86_400 }], {
      windowMs: undefined,
    });
    expect([windowMs, edges[0]?.rates.normal]).toEqual([86_400_000, 1]);
    expect(problems[0]?.done).toContain("took 24 h");
  });

  it.each([
    ["a link that is none", 7, "[0]: 7 is no link between two services"],
    ["a service without a name", { parent: "", child: "b" }, '[0].parent: "" is no name of a service'],
    ["no service at all", { parent: "a" }, "[0].child: undefined is no name of a service"],
    [
      "a name that is too long",
      { parent: "x".repeat(257), child: "b" },
      "[0].parent: the name of a service has 257",
    ],
    [
      "a count that is none",
      { parent: "a", child: "b", callCount: "many" },
      '[0].callCount: "many" is no count',
    ],
    ["a negative count", { parent: "a", child: "b", callCount: -1 }, "[0].callCount: -1 is no count"],
    [
      "more errors than calls",
      { parent: "a", child: "b", callCount: 1, errorCount: 2 },
      "[0].errorCount: 2 errors in 1 calls",
    ],
    ["keys of tomorrow", { parent: "a", child: "b", weight: 1 }, "[0].weight: unknown keys: weight"],
  ])("tell of %s", (_, link, told) => {
    const { problems } = observed([link]);
    expect(problems.map(({ place, found }) => `${place}: ${found}`).join("\n")).toContain(told);
  });

  it("are no object", () => {
    expect(readZipkin({}, options)).toEqual({
      ok: false,
      error: "Zipkin's dependencies are a list of links, not an object.",
    });
  });
});

describe("dependencies of Jaeger", () => {
  it("are read as it answers", () => {
    const answer = {
      data: [{ parent: "frontend", child: "cart", callCount: 120 }],
      total: 0,
      limit: 0,
      offset: 0,
      errors: null,
    };
    const read = readJaeger(answer, options);
    expect(read.ok && read.value.edges).toEqual([
      { from: service("frontend"), to: service("cart"), rates: { normal: 2, warning: 0, danger: 0 } },
    ]);
  });

  it("may be none, which Jaeger writes as null", () => {
    const read = readJaeger({ data: null, errors: null }, options);
    expect(read.ok && read.value.edges).toEqual([]);
  });

  it("may be an error", () => {
    const answer = { data: null, errors: [{ code: 400, msg: "unable to parse param 'endTs'" }] };
    expect(readJaeger(answer, options)).toEqual({
      ok: false,
      error: `Jaeger answers with an error: "unable to parse param 'endTs'".`,
    });
  });

  it.each([[7], [{ data: "none" }]])("are not %j", (input) => {
    expect(readJaeger(input, options).ok).toBe(false);
  });
});
