import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { sixNumbers } from "#testing/drill-frames.ts";
import { mockFrame, publicSample, sampleSkipped } from "#testing/public-sample.ts";

import { defaultPlan } from "../plan/default-plan.ts";
import type { DrillPlan, Split } from "../plan/drill-plan.ts";
import type { Forecast, SaviourForecast } from "./forecast.ts";
import { makeForecast } from "./make-forecast.ts";

function forecastOf(frame: TrafficSnapshot, changes: Partial<DrillPlan> = {}): Forecast {
  const forecast = makeForecast(frame, [], { ...defaultPlan("us-east-1", 1), ...changes });
  if (!forecast.ok) throw new Error(forecast.error.message);
  return forecast.value;
}

function saviour(forecast: Forecast, region: string): SaviourForecast {
  return must(forecast.saviours.find((item) => item.region === region));
}

/** Utilisation of the careful capacity, which the published figures are. */
function fullness(forecast: Forecast, region: string): number {
  return saviour(forecast, region).utilisation.high;
}

const currentShare: Split = { kind: "current-share" };

const frames: readonly (readonly [string, () => TrafficSnapshot])[] = [
  ["six numbers", sixNumbers],
  ["the demo's frame", () => mockFrame("topologies/three-regions.json")],
  ...(sampleSkipped === "" ? [["Vizceral's sample", publicSample] as const] : []),
];

describe.each(frames)(`the what-if fixture from %s (A20)${sampleSkipped}`, (_, frameOf) => {
  const frame = frameOf();

  it("fills what is left of all capacity to 94.5 %, and both saviours by headroom", () => {
    const forecast = forecastOf(frame, {});
    expect(Math.abs(forecast.total.utilisation.high - 0.945)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(fullness(forecast, "us-west-2") - 0.953)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(fullness(forecast, "eu-west-1") - 0.937)).toBeLessThanOrEqual(0.001);
    expect(saviour(forecast, "us-west-2").share).toBeCloseTo(0.4098, 4);
    expect(saviour(forecast, "eu-west-1").share).toBeCloseTo(0.5902, 4);
    expect([forecast.verdict, forecast.shed]).toEqual(["tight", 0]);
  });

  it("overloads us-west-2 by current share", () => {
    const forecast = forecastOf(frame, { split: currentShare });
    expect(Math.abs(fullness(forecast, "us-west-2") - 1.085)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(fullness(forecast, "eu-west-1") - 0.815)).toBeLessThanOrEqual(0.001);
    expect(forecast.verdict).toBe("does-not-fit");
    expect(saviour(forecast, "eu-west-1").fit).toBe("fits");
  });

  it("overloads whoever takes all", () => {
    const west = forecastOf(frame, { saviours: ["us-west-2"] });
    expect(Math.abs(fullness(west, "us-west-2") - 1.502)).toBeLessThanOrEqual(0.001);
    const shares = { "eu-west-1": 7 };
    const europe = forecastOf(frame, { split: { kind: "manual", shares } });
    expect(Math.abs(fullness(europe, "eu-west-1") - 1.29)).toBeLessThanOrEqual(0.001);
    expect(saviour(europe, "us-west-2").share).toBe(0);
    expect(west.shed).toBeCloseTo(102_065 - 67_937, -1);
  });
});
