import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { hashText, mulberry32 } from "./random.ts";

describe("a seeded stream", () => {
  it("starts as its documentation says", () => {
    const random = mulberry32(42);
    expect([random(), random(), random()]).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099,
    ]);
  });

  it("gives the same numbers for the same seed, from 0 to below 1", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [one, other] = [mulberry32(seed), mulberry32(seed)];
        for (let i = 0; i < 20; i += 1) {
          const value = one();
          expect(value).toBe(other());
          expect(value >= 0 && value < 1).toBe(true);
        }
      }),
    );
  });

  it("is spread evenly", () => {
    const random = mulberry32(7);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) {
      const tenth = Math.floor(random() * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    // 1,000 in each on average; the standard deviation is 30.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe("hashing texts", () => {
  it("is an unsigned number of 32 bits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer(), (text, seed) => {
        const hash = hashText(text, seed);
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
      }),
    );
  });

  it("keeps a text in two parts apart from the whole, and from the parts swapped", () => {
    expect(hashText("b", hashText("a"))).not.toBe(hashText("ab"));
    expect(hashText("b", hashText("a"))).not.toBe(hashText("a", hashText("b")));
    expect(hashText("", hashText("a"))).not.toBe(hashText("a"));
  });

  it("never meets twice among the names of a large graph", () => {
    const names = Array.from({ length: 5000 }, (_, i) => `service-${i}`);
    expect(new Set(names.map((name) => hashText(name))).size).toBe(names.length);
  });
});
