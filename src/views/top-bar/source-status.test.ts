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

it("calls nothing live of a recording that the source plays", () => {
  const replay = { tone: "replay", word: "Replay", age: "of “Incident”", shortAge: undefined };
  for (const phase of [{ kind: "live" }, { kind: "stale", lastFrameAt: 0 }] as const) {
    expect(sourceStatus(phase, 1_400, false, "Incident")).toEqual(replay);
  }
  expect(sourceStatus({ kind: "live" }, 1_400, true, "Incident").word).toBe("Simulated");
  expect(sourceStatus({ kind: "reconnecting", since: 0, reason: "" }, 0, false, "Incident").word).toBe(
    "Reconnecting",
  );
});

it("says of a live feed of how many of its sources nothing new comes, as a warning", () => {
  const silent = { count: 3, silent: 1 };
  expect(sourceStatus({ kind: "live" }, 1_400, false, undefined, false, silent)).toEqual({
    tone: "warning",
    word: "Live",
    age: "1 of 3 sources stale",
    shortAge: "1 of 3 stale",
  });
  // What will be gone for good comes first; what is not live says it in its own way.
  expect(sourceStatus({ kind: "live" }, 0, false, undefined, true, silent).age).toBe("not recorded");
  expect(sourceStatus({ kind: "stale", lastFrameAt: 0 }, 90_000, false, undefined, false, silent).word).toBe(
    "Stale",
  );
});

it("says of a live feed that it is not recorded, as a warning", () => {
  const status = sourceStatus({ kind: "live" }, 1_400, false, undefined, true);
  expect([status.tone, status.word, status.age]).toEqual(["warning", "Live", "not recorded"]);
});
