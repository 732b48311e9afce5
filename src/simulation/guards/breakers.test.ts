import { describe, expect, it } from "vitest";

import { Breakers } from "./breakers.ts";

describe("circuit breakers with Hystrix's defaults", () => {
  it("open at half of at least 20 calls in 10 s", () => {
    const breakers = new Breakers(3);
    breakers.record(0, 0, 19, 19);
    breakers.record(1, 0, 20, 9);
    breakers.record(2, 0, 20, 10);
    expect([0, 1, 2].map((edge) => breakers.state(edge))).toEqual(["closed", "closed", "open"]);
    expect(breakers.admit(1, 0.1, 7)).toBe(7);
    expect(breakers.admit(2, 0.1, 7)).toBe(0);
  });

  it("forget calls after 10 s", () => {
    const breakers = new Breakers(1);
    breakers.record(0, 0.5, 100, 49);
    breakers.record(0, 9.9, 2, 2);
    expect(breakers.state(0)).toBe("open");
    const others = new Breakers(1);
    others.record(0, 0.5, 100, 49);
    others.record(0, 10, 2, 2);
    expect(others.state(0)).toBe("closed");
  });

  it("let one call through after 5 s: it closes them, or opens them for another 5 s", () => {
    const breakers = new Breakers(1);
    breakers.record(0, 1, 20, 20);
    expect(breakers.admit(0, 5.9, 10)).toBe(0);
    expect(breakers.admit(0, 6, 10)).toBe(1);
    expect(breakers.state(0)).toBe("halfOpen");
    breakers.record(0, 6, 1, 1);
    expect(breakers.state(0)).toBe("open");
    expect(breakers.admit(0, 10.9, 10)).toBe(0);
    expect(breakers.admit(0, 11, 10)).toBe(1);
    breakers.record(0, 11, 1, 0);
    expect(breakers.admit(0, 11.1, 10)).toBe(10);
    // With a clean window.
    breakers.record(0, 11.2, 19, 19);
    expect(breakers.state(0)).toBe("closed");
  });
});
