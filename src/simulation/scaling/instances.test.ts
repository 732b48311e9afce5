import { describe, expect, it } from "vitest";

import { streamOf } from "../chance.ts";
import { Fleet, launchTimes, warmth } from "./instances.ts";

const seeded = () => streamOf(7, "instances");

describe("the warm-up of an instance", () => {
  it("starts at 30 %, is at 74 % after one minute, and ends at all", () => {
    expect(warmth(-1)).toBe(0);
    expect(warmth(0)).toBeCloseTo(0.3, 12);
    expect(warmth(60)).toBeCloseTo(1 - 0.7 / Math.E, 12);
    expect(1 - warmth(14 * 60)).toBeLessThan(1e-6);
  });
});

describe("a fleet", () => {
  it("at rest has the strength of its warm instances", () => {
    const fleet = new Fleet([10, 10, 10], seeded());
    expect([fleet.size, fleet.strength(0), fleet.strength(1e6)]).toEqual([30, 30, 30]);
  });

  it("leads launched instances through provisioning, boot and warm-up", () => {
    const fleet = new Fleet([10], seeded());
    fleet.launch(0, 5, launchTimes.classic);
    expect(fleet.phases(1)).toEqual({ provisioning: 5, booting: 0, warming: 0, up: 10 });
    expect(fleet.phases(600)).toEqual({ provisioning: 0, booting: 5, warming: 0, up: 10 });
    expect(fleet.strength(600)).toBe(10);
    const late = fleet.phases(2000);
    expect(late.warming + late.booting + late.up).toBe(15);
    expect(fleet.phases(10_000)).toEqual({ provisioning: 0, booting: 0, warming: 0, up: 15 });
    expect(fleet.strength(10_000)).toBe(15);
  });

  it("lets dark instances in at once, cold", () => {
    const fleet = new Fleet([10], seeded());
    fleet.launch(100, 10, launchTimes.dark);
    expect(fleet.strength(100)).toBeCloseTo(13, 12);
    expect(fleet.strength(160)).toBeGreaterThan(16);
  });

  it("starts its instances around the published times, each a little apart", () => {
    const fleet = new Fleet([0], seeded());
    fleet.launch(0, 1000, launchTimes.classic);
    const phases = fleet.phases(1740);
    // The sum's median is 29 min, near enough to the median of half of them.
    expect(phases.warming).toBeGreaterThan(400);
    expect(phases.warming).toBeLessThan(600);
  });

  it("spreads launches over zones, and loses a zone with all in it", () => {
    const fleet = new Fleet([4, 4, 1], seeded());
    fleet.launch(0, 3, launchTimes.dark);
    fleet.loseZone(2);
    expect([fleet.size, fleet.strength(10_000)]).toEqual([8, 8]);
    // Gorilla: a zone of three is two thirds.
    const even = new Fleet([10, 10, 10], seeded());
    even.loseZone(0);
    expect(even.strength(0)).toBe(20);
  });

  it("removes what serves least first", () => {
    const fleet = new Fleet([5, 6], seeded());
    fleet.launch(0, 2, launchTimes.classic);
    fleet.remove(10, 3);
    expect(fleet.phases(10)).toEqual({ provisioning: 0, booting: 0, warming: 0, up: 10 });
    fleet.remove(10, 100);
    expect(fleet.size).toBe(0);
  });

  it("is the same for the same seed", () => {
    const [one, other] = [new Fleet([3], seeded()), new Fleet([3], seeded())];
    for (const fleet of [one, other]) fleet.launch(0, 20, launchTimes.container);
    for (let now = 0; now < 1500; now += 50) expect(one.strength(now)).toBe(other.strength(now));
  });
});
