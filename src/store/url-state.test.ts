import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { drillSpeeds } from "#players/drill-control.ts";
import { arbitraryPlan } from "#testing/arbitrary-plan.ts";

import { usualPlan, type DrillLink } from "./drill-link.ts";
import { readUrl, writeUrl, type UrlState } from "./url-state.ts";

/** An address holds no half of a character. */
const isWellFormed = (value: unknown): boolean => !/\\ud[89a-f]/i.test(JSON.stringify(value));

const moment = fc.integer({ min: -3_600_000, max: 86_400_000 });

const link: fc.Arbitrary<DrillLink> = fc
  .record({
    plan: arbitraryPlan,
    commands: fc.array(
      moment.map((atMs) => ({ atMs, kind: "fail-back" as const })),
      { maxLength: 1 },
    ),
    frame: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined }),
    run: fc.option(
      fc.record({
        atMs: moment,
        speed: fc.constantFrom(...drillSpeeds),
        isPaused: fc.boolean(),
      }),
      { nil: undefined },
    ),
  })
  .map((drawn) => (drawn.frame === undefined ? { ...drawn, run: undefined } : drawn))
  .filter(isWellFormed);

const name = fc.string({ minLength: 1, unit: "grapheme" });

const state: fc.Arbitrary<UrlState> = fc.record({
  focus: fc.array(name, { maxLength: 3 }),
  selection: fc.constant(undefined),
  find: fc.string({ unit: "grapheme" }),
  filter: fc.string({ unit: "grapheme" }),
  onlyProblems: fc.boolean(),
  isTableOpen: fc.boolean(),
  camera: fc.constant(undefined),
  feed: fc.option(name, { nil: undefined }),
  isKiosk: fc.boolean(),
  rotateMs: fc.option(
    fc.integer({ min: 2, max: 600 }).map((s) => s * 1000),
    { nil: undefined },
  ),
  fps: fc.option(fc.integer({ min: 1, max: 240 }), { nil: undefined }),
  drill: fc.option(link, { nil: undefined }),
  drillFault: fc.constant(undefined),
  replay: fc.constant(undefined),
  clip: fc.option(name, { nil: undefined }),
  compare: fc.constantFrom(undefined, Date.UTC(2026, 10, 28, 4), Date.UTC(2026, 10, 28, 4, 0, 0, 250)),
  scenario: fc.option(name, { nil: undefined }),
  settings: fc.constant({}),
});

const nothing = readUrl("");

function search(drill: DrillLink): string {
  return writeUrl({ ...nothing, drill });
}

describe("an address", () => {
  it("is read back as it was written, whatever the plan, the moment and the names", () => {
    fc.assert(
      fc.property(state, (drawn) => {
        expect(readUrl(writeUrl(drawn))).toEqual(drawn);
      }),
      { numRuns: 500 },
    );
  });

  it("says nothing of a plan but its region when all else is as usual", () => {
    const plan = usualPlan("us-east-1");
    expect(search({ plan, frame: undefined, commands: [], run: undefined })).toBe("?drill=us-east-1");
    const run = { atMs: 240_000, speed: 8, isPaused: false };
    expect(search({ plan, frame: "0f", commands: [], run })).toBe("?drill=us-east-1&frame=0f&t=240");
  });

  it("names a moment, a speed and what was done", () => {
    const run = { atMs: 500_000, speed: 60, isPaused: true };
    const commands = [{ atMs: 480_000, kind: "fail-back" as const }];
    const written = search({ plan: usualPlan("east"), frame: "0f", commands, run });
    expect(written).toBe("?drill=east&frame=0f&t=500&speed=60&paused=1&failback=480");
  });

  it("opens only the plan where it names no frame: nobody could come to the same place", () => {
    expect(readUrl("?drill=east&t=240&speed=8").drill).toMatchObject({ run: undefined });
  });

  it.each([
    ["?drill=east&factor=9", "capacityFactor"],
    ["?drill=east&errors=lots", "errorShare"],
    ["?drill=east&ttl=", "ttlS"],
    ["?drill=east&policy=magic", "policy"],
    ["?drill=east&policy=custom&phases=dns:9_1", "policy"],
    ["?drill=east&policy=custom&phases=%3Cb%3E", "policy"],
    ["?drill=east&split=manual", "shares"],
    ["?drill=east&split=manual&share=east", "share"],
    ["?drill=east&saviour=east", "saviours"],
    ["?drill=east&frame=0f&t=1&failback=x", "commands"],
  ])("says what is wrong with a plan: %s", (text, where) => {
    const { drill, drillFault } = readUrl(text);
    expect(drill).toBeUndefined();
    expect(drillFault?.message).toContain(where);
  });

  it("takes a moment or a speed that makes no sense as if it were not there", () => {
    expect(readUrl("?drill=east&frame=0f&t=soon").drill).toMatchObject({ run: undefined });
    expect(readUrl("?drill=east&frame=0f&t=1&speed=7").drill?.run?.speed).toBe(8);
  });
});
