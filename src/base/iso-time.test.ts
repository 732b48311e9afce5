import * as fc from "fast-check";
import { expect, it } from "vitest";

import { isoTime, readIsoTime } from "./iso-time.ts";

const anyTime = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2999, 11) });

it("writes what the calendar says, and reads it again", () => {
  fc.assert(
    fc.property(anyTime, (at) => {
      expect(isoTime(at)).toBe(new Date(at).toISOString().replace(".000Z", "Z"));
      expect(readIsoTime(isoTime(at))).toBe(at);
    }),
  );
});

it("reads short seconds and differences to UTC", () => {
  expect(readIsoTime("2026-11-28T04:00Z")).toBe(Date.UTC(2026, 10, 28, 4));
  expect(readIsoTime("2026-11-28T04:00:00.5+01:30")).toBe(Date.UTC(2026, 10, 28, 2, 30, 0, 500));
});

it("knows what is no moment", () => {
  for (const text of [
    "",
    "now",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-28T24:00:00Z",
    "2026-11-28",
  ]) {
    expect(readIsoTime(text)).toBeUndefined();
  }
});
