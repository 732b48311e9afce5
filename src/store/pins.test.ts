import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { pathKey } from "#domain/node-path.ts";

import { readPins, writePins } from "./pins.ts";

function mapStorage(kept = new Map<string, string>()) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const place = fc.integer({ min: -999_999, max: 999_999 }).map((tenths) => tenths / 10);
const pathKeys = fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }).map(pathKey);
const pinsOfViews = fc
  .array(
    fc.tuple(
      pathKeys,
      fc.array(fc.tuple(pathKeys, fc.record({ x: place, y: place })), { minLength: 1, maxLength: 4 }),
    ),
    { maxLength: 4 },
  )
  .map((views) => new Map(views.map(([view, nodes]) => [view, new Map(nodes)])));

describe("pins", () => {
  it("are found again as they were kept, to a tenth of a unit", () => {
    fc.assert(
      fc.property(pinsOfViews, (pins) => {
        const storage = mapStorage();
        writePins(storage, "prod", pins);
        expect(readPins(storage, "prod")).toEqual(pins);
      }),
    );
  });

  it("belong to their feed", () => {
    const storage = mapStorage();
    writePins(storage, "prod", new Map([["[]", new Map([['["east"]', { x: 1, y: 2 }]])]]));
    expect(readPins(storage, "staging").size).toBe(0);
  });

  it("are left out where they are no places", () => {
    const kept = {
      "[]": { '["east"]': [1, 2], '["west"]': ["1", 2], '["north"]': [1e9, 0], '["south"]': [1], odd: null },
      '["east"]': { '["east","api"]': "here" },
      nonsense: 7,
    };
    const storage = mapStorage(new Map([["spillway.pins.prod", JSON.stringify(kept)]]));
    expect(readPins(storage, "prod")).toEqual(new Map([["[]", new Map([['["east"]', { x: 1, y: 2 }]])]]));
  });

  it("are none where the storage holds something else", () => {
    for (const text of ["", "[", "[]", "null", "3"])
      expect(readPins(mapStorage(new Map([["spillway.pins.prod", text]])), "prod").size).toBe(0);
  });
});
