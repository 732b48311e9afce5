import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ServerClock } from "./server-clock.ts";

describe("the server's clock", () => {
  it("is learnt to within the shortest delay of a message, however much others were delayed", () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), delays, (offset, late) => {
        const clock = new ServerClock();
        late.forEach((delay, i) => clock.heard(i * 10_000 + offset, i * 10_000 + delay));
        expect(offset - clock.offsetMs).toBeGreaterThanOrEqual(0);
        expect(offset - clock.offsetMs).toBeLessThan(Math.min(...late) + 50);
      }),
    );
  });

  it("is told at first, and again only when it has changed by more than the network's noise", () => {
    const clock = new ServerClock();
    expect(clock.heard(10_000, 0)).toBe(true);
    expect(clock.heard(11_030, 1000)).toBe(false);
    expect(clock.offsetMs).toBe(10_000);
    expect(clock.heard(12_080, 2000)).toBe(true);
    expect(clock.offsetMs).toBe(10_080);
  });

  it("follows a clock that was set back, once what was heard before is old", () => {
    const clock = new ServerClock();
    for (let i = 0; i < 8; i += 1) clock.heard(i * 1000 + 60_000, i * 1000);
    for (let i = 8; i < 16; i += 1) clock.heard(i * 1000, i * 1000);
    expect(clock.offsetMs).toBe(0);
  });
});
