import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mulberry32, type Random } from "#base/random.ts";
import { arbitraryPlan } from "#testing/arbitrary-plan.ts";
import { cases } from "#testing/cases.ts";

import { defaultPlan } from "./default-plan.ts";
import { policies, policyIds } from "./evacuation-policy.ts";
import { readCommands } from "./read-commands.ts";
import { readPlan } from "./read-plan.ts";

function overJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The message of the fault; fails the test when there is none. */
function faultOf(raw: unknown): string {
  const read = readPlan(raw);
  if (read.ok) throw new Error("this was expected to be refused");
  expect(read.error.kind).toBe("bad-plan");
  return read.error.message;
}

describe("readPlan", () => {
  it("reads every plan back as it was", () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        expect(readPlan(overJson(plan))).toEqual({ ok: true, value: plan });
      }),
      { numRuns: cases(500) },
    );
  });

  it("takes everything but the victim from the default plan", () => {
    expect(readPlan({ victim: "east" })).toEqual({ ok: true, value: defaultPlan("east", 1) });
    expect(readPlan({ victim: "east", policy: "classic", seed: 7 })).toEqual({
      ok: true,
      value: { ...defaultPlan("east", 7), policy: policies.classic },
    });
  });

  it("calls a policy custom that differs from the one whose name it has", () => {
    const phases = [{ kind: "decide", startS: 0, endS: 61 }];
    expect(readPlan({ victim: "east", policy: { id: "nimble", readyCapacity: 0, phases } })).toMatchObject({
      ok: true,
      value: { policy: { id: "custom", phases } },
    });
  });

  const dns = { kind: "dns", startS: 0, endS: 10 };
  it.each([
    ["a list", [], "The plan is a list of 0, not an object."],
    ["nothing", undefined, "The plan is missing, not an object."],
    ["no victim", {}, "victim is missing, not a name. Write a name in quotes."],
    [
      "a key that nobody knows",
      { victim: "a", savoirs: [] },
      'The plan has a part "savoirs" that nobody knows. Take it out; the parts are victim, saviours,',
    ],
    [
      "a name without end",
      { victim: "x".repeat(300) },
      "victim has 300 characters, and a name has at most 256. Shorten it.",
    ],
    [
      "the victim as its own saviour",
      { victim: "a", saviours: ["a"] },
      'saviours names "a", which is the region that goes. Take it out.',
    ],
    ["a saviour twice", { victim: "a", saviours: ["b", "b"] }, 'saviours names "b" twice. Name it once.'],
    [
      "too many saviours",
      { victim: "a", saviours: Array.from({ length: 257 }, String) },
      "saviours has 257 entries, and at most 256 are read. Leave some out.",
    ],
    [
      "a factor out of bounds",
      { victim: "a", capacityFactor: 4 },
      "capacityFactor is 4. Make it a number from 0.5 to 3.",
    ],
    [
      "a number in quotes",
      { victim: "a", ttlS: "60" },
      'ttlS is "60". Make it a number of seconds from 1 to 86400.',
    ],
    [
      "no number",
      { victim: "a", ttlS: NaN },
      "ttlS is not a number. Make it a number of seconds from 1 to 86400.",
    ],
    [
      "a seed with a fraction",
      { victim: "a", seed: 0.5 },
      "seed is 0.5. Make it a whole number from 0 to 4294967295.",
    ],
    [
      "a split that nobody knows",
      { victim: "a", split: { kind: "fair" } },
      'split.kind is "fair". Choose one of headroom, current-share and manual.',
    ],
    [
      "shares where the split has none",
      { victim: "a", split: { kind: "headroom", shares: {} } },
      'split has a part "shares" that nobody knows.',
    ],
    [
      "shares of nothing",
      { victim: "a", split: { kind: "manual", shares: { b: 0 } } },
      "split.shares gives nobody anything. Give at least one saviour a share above 0.",
    ],
    [
      "a share below 0",
      { victim: "a", split: { kind: "manual", shares: { b: -1, c: 2 } } },
      'split.shares["b"] is -1.',
    ],
    [
      "a policy that nobody knows",
      { victim: "a", policy: "nimbel" },
      'policy is "nimbel". Choose one of nimble, classic, drain,',
    ],
    [
      "a phase that ends before it starts",
      { victim: "a", policy: { id: "custom", readyCapacity: 0, phases: [{ ...dns, startS: 20 }] } },
      "policy.phases[0] ends at 10 s, before it starts at 20 s.",
    ],
    [
      "two phases of a kind at once",
      { victim: "a", policy: { id: "custom", readyCapacity: 0, phases: [dns, { ...dns, startS: 9 }] } },
      "policy has two phases of the kind dns at 9 s. Let one end before the other starts.",
    ],
    [
      "steps where there are none",
      { victim: "a", policy: { id: "custom", readyCapacity: 0, phases: [{ ...dns, steps: 2 }] } },
      "policy.phases[0] is of the kind dns, which has no steps.",
    ],
    [
      "half a failure",
      { victim: "a", failure: { errorShare: 1 } },
      "failure.capacityLoss is missing. Make it a number from 0 to 1.",
    ],
  ])("refuses %s, with the place and the remedy", (_, raw, message) => {
    expect(faultOf(raw)).toContain(message);
  });

  it("never throws, whatever became of a plan on its way", () => {
    const random = mulberry32(20_261_102);
    const seeds = policyIds.map((id) => ({
      ...defaultPlan("us-east-1", 1),
      saviours: ["us-west-2", "eu-west-1"],
      split: { kind: "manual", shares: { "us-west-2": 1, "eu-west-1": 2 } },
      policy: policies[id],
    }));
    let refused = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const mutated = mutate(overJson(seeds[i % seeds.length]), random);
      const read = readPlan(mutated);
      if (!read.ok) {
        refused += 1;
        expect(read.error.message).toMatch(/^.+\. .+\.$/s);
      } else {
        expect(readPlan(overJson(read.value))).toEqual(read);
      }
    }
    expect(refused).toBeGreaterThan(5_000);
  });

  it("never throws on any value that JSON can say", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => [readPlan(value), readCommands(value)]).not.toThrow();
      }),
      { numRuns: cases(1_000) },
    );
  });
});

describe("readCommands", () => {
  it("reads commands, sorted by time", () => {
    const commands = [
      { atMs: 5, kind: "fail-back" },
      { atMs: 2.5, kind: "fail-back" },
    ];
    expect(readCommands(commands)).toEqual({ ok: true, value: commands.toReversed() });
    expect(readCommands([])).toEqual({ ok: true, value: [] });
  });

  it.each([
    [{}, "commands is an object, not a list."],
    [[{ atMs: 1, kind: "stop" }], 'commands[0].kind is "stop". Choose one of fail-back.'],
    [[{ atMs: Infinity, kind: "fail-back" }], "commands[0].atMs is an infinite number."],
    [[null], "commands[0] is null, not an object. Give it atMs and kind."],
  ])("refuses %j", (raw, message) => {
    const read = readCommands(raw);
    expect(read.ok ? "" : read.error.message).toContain(message);
  });
});

const oddValues: readonly unknown[] = [
  null,
  undefined,
  true,
  "",
  "x",
  -1,
  0.5,
  1e308,
  Infinity,
  NaN,
  -0,
  [],
  {},
  [[]],
  { kind: "manual" },
  10n,
  Symbol("odd"),
  () => 1,
  new Map(),
];

/** One to three random places of the value replaced, removed, or given an odd neighbour. */
function mutate(value: unknown, random: Random): unknown {
  let result = value;
  const times = 1 + Math.floor(random() * 3);
  for (let i = 0; i < times; i += 1) result = mutateOnce(result, random);
  return result;
}

function mutateOnce(value: unknown, random: Random): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  if (typeof value !== "object" || value === null || random() < 0.1) return pick(oddValues);
  const keys = Object.keys(value);
  const key = pick(keys) ?? "nothing";
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? Array.from<unknown>(value)
    : { ...value };
  const what = random();
  if (what < 0.15) Reflect.deleteProperty(copy, key);
  else if (what < 0.3)
    Reflect.set(copy, pick(["odd", "__proto__", "kind", "0", "steps"]) ?? "", pick(oddValues));
  else Reflect.set(copy, key, mutateOnce(Reflect.get(copy, key), random));
  return copy;
}
