import { describe, expect, it } from "vitest";

import { capacitySchema, peaksSchema } from "./capacity-config.ts";

describe("capacities in the settings", () => {
  it("are of a service, in a region or wherever it runs, or of a region", () => {
    const written = [
      { region: "us-east-1", service: "cart", rps: 1200, instances: 12 },
      { service: "web", namespace: "shop", rps: "800" },
      { region: "us-east-1", rps: 9000 },
    ];
    expect(capacitySchema.parse(written)).toEqual([
      { about: { region: "us-east-1", service: "cart" }, rps: 1200, from: "config", instances: 12 },
      { about: { service: "web", namespace: "shop" }, rps: 800, from: "config" },
      { about: { region: "us-east-1" }, rps: 9000, from: "config" },
    ]);
  });

  it.each([
    [{ rps: 1 }, "name a service, a region or both"],
    [{ service: "a" }, "rps"],
    [{ service: "a", rps: 0 }, "write a number from"],
    [{ service: "a", rps: 1, capacity: 2 }, "capacity"],
  ])("are not %j", (written, why) => {
    expect(JSON.stringify(capacitySchema.safeParse([written]).error?.issues)).toContain(why);
  });

  it.each([
    [undefined, 604_800_000],
    ["14d", 1_209_600_000],
    ["off", 0],
    [false, 0],
  ])("may be peaks of late: %s", (written, ms) => {
    expect(peaksSchema.parse(written)).toBe(ms);
  });
});
