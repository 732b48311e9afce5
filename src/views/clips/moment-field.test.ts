import * as fc from "fast-check";
import { expect, it } from "vitest";

import { momentField, readMomentField } from "./moment-field.ts";

it("reads what it writes, to the second, in either zone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e9, max: 4e9 }), fc.boolean(), (seconds, utc) => {
      expect(readMomentField(momentField(seconds * 1000 + 400, utc), utc)).toBe(seconds * 1000);
    }),
  );
});

it("takes what a person may type, and nothing that is no moment", () => {
  expect(readMomentField(" 2026-01-06  12:00 ", true)).toBe(Date.parse("2026-01-06T12:00:00Z"));
  expect(readMomentField("noon", true)).toBeUndefined();
  expect(readMomentField("", false)).toBeUndefined();
});
