import { expect, it } from "vitest";

import { sourceStatus } from "./source-status.ts";

it("says in a word what the source does, and how old the numbers are", () => {
  expect(sourceStatus({ kind: "live" }, 1_400)).toEqual({
    tone: "live",
    word: "Live",
    age: "as of 1 s ago",
    shortAge: "1 s old",
  });
  expect(sourceStatus({ kind: "stale", lastFrameAt: 0 }, 90_000)).toEqual({
    tone: "warning",
    word: "Stale",
    age: "as of 1 min ago",
    shortAge: "1 min old",
  });
  expect(sourceStatus({ kind: "connecting" }, undefined)).toEqual({
    tone: "calm",
    word: "Connecting",
    age: undefined,
    shortAge: undefined,
  });
});
