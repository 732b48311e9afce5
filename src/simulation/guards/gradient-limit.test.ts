import { describe, expect, it } from "vitest";

import { gradient2, GradientLimit } from "./gradient-limit.ts";

function sampled(limit: GradientLimit, rtt: number, times: number, inFlight = 1000): GradientLimit {
  for (let i = 0; i < times; i += 1) limit.sample(rtt, inFlight);
  return limit;
}

describe("a concurrency limit that follows the gradient of latency", () => {
  it("grows by a fifth of the queue per call while latency is even, up to its most", () => {
    const limit = new GradientLimit();
    expect(sampled(limit, 10, 1).limit).toBeCloseTo(20 + 0.2 * 4, 12);
    expect(sampled(limit, 10, 1000).limit).toBe(gradient2.most);
  });

  it("falls to its least when calls take four times as long", () => {
    const limit = sampled(new GradientLimit(), 10, 1000);
    expect(sampled(limit, 40, 30).limit).toBe(gradient2.least);
  });

  it("learns nothing from calls that do not use half of it", () => {
    const limit = new GradientLimit();
    expect(sampled(limit, 10, 100, 9).limit).toBe(gradient2.initial);
  });

  it("tolerates latency up to half above the long mean", () => {
    const limit = sampled(new GradientLimit(), 10, 1000);
    expect(sampled(limit, 14, 1).limit).toBe(gradient2.most);
  });
});
