import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { packageRoot } from "#server/package-root.ts";

import { answerOf, askOf, carriedAnswer, carriedAsk } from "./push-message.ts";
import { pushTypes, readPush, type PushReading } from "./read-push.ts";

const file = join(packageRoot(), "mock-data", "topologies", "three-regions.json");
const whole: PushReading = {
  type: pushTypes.whole,
  body: readFileSync(file),
  now: 1_700_000_000_000,
  windowMs: 1_000,
  before: undefined,
};

/** The way to a thread and back. */
function aside(ask: PushReading) {
  return answerOf(structuredClone(carriedAnswer(readPush(askOf(structuredClone(carriedAsk(ask)))))));
}

describe("a push that is read in a thread", () => {
  it("is what it would be here", () => {
    expect(aside(whole)).toEqual(readPush(whole));
  });

  it("may be a patch of the one before", () => {
    const first = readPush(whole);
    if (!first.ok) throw new Error(first.error.message);
    const body = Buffer.from(JSON.stringify({ nodes: { "eu-west-1": null } }));
    const patch: PushReading = { ...whole, type: pushTypes.patch, body, before: first.value.snapshot };
    const here = readPush(patch);
    expect(here.ok).toBe(true);
    expect(aside(patch)).toEqual(here);
  });

  it("may be a fault", () => {
    const read = aside({ ...whole, body: Buffer.from("{") });
    expect(must(read.ok ? undefined : read.error)).toMatchObject({ status: 400, line: 1, column: 2 });
  });
});
