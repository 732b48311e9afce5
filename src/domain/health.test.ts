import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { errorShare, healthOf, severityRates } from "./health.ts";
import { standardClasses, severityOf, type TrafficClass } from "./traffic-class.ts";

describe("rates by severity", () => {
  it("counts every class towards the total, and further classes by what they mean", () => {
    const classes: readonly TrafficClass[] = [...standardClasses, { name: "5xx", severity: "danger" }];
    expect(severityRates(Float64Array.from([100, 10, 1, 4]), 0, classes)).toEqual({
      total: 115,
      warning: 10,
      danger: 5,
    });
  });

  it("counts what is unknown or below 0 as nothing", () => {
    expect(severityRates(Float64Array.from([NaN, -5, 2]), 0, standardClasses)).toEqual({
      total: 2,
      warning: 0,
      danger: 2,
    });
  });

  it("reads the row that it is asked for", () => {
    const column = Float64Array.from([1, 1, 1, 7, 0, 0]);
    expect(severityRates(column, 1, standardClasses)).toEqual({ total: 7, warning: 0, danger: 0 });
  });
});

describe("health", () => {
  const of = (normal: number, warning: number, danger: number) =>
    healthOf({ total: normal + warning + danger, warning, danger });

  it("is silent without traffic", () => {
    expect(of(0, 0, 0)).toBe("silent");
    expect(errorShare({ total: 0, warning: 0, danger: 0 })).toBe(0);
  });

  it("turns at one and at ten per cent of errors, and at five of warnings", () => {
    expect([of(991, 0, 9), of(990, 0, 10)]).toEqual(["healthy", "degraded"]);
    expect([of(901, 0, 99), of(900, 0, 100)]).toEqual(["degraded", "failing"]);
    expect([of(951, 49, 0), of(950, 50, 0)]).toEqual(["healthy", "degraded"]);
  });

  it("never gets better by more errors", () => {
    const order = ["silent", "healthy", "degraded", "failing"];
    const rate = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(rate, rate, rate, rate, (normal, warning, danger, more) => {
        fc.pre(normal + warning + danger > 0);
        const before = of(normal, warning, danger);
        // Errors in place of what was well: the total stays.
        const shift = Math.min(more, normal);
        const after = of(normal - shift, warning, danger + shift);
        expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });
});

describe("a class's name", () => {
  it("tells what the class means, in any spelling", () => {
    expect(["DANGER", "Errors", "5xx", "warn", "4XX"].map(severityOf)).toEqual([
      "danger",
      "danger",
      "danger",
      "warning",
      "warning",
    ]);
  });

  it("means nothing bad when it is not known, whatever it is", () => {
    expect(["gold", "", "__proto__", "constructor"].map(severityOf)).toEqual(Array(4).fill("normal"));
  });
});
