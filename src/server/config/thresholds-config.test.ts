import { describe, expect, it } from "vitest";

import { thresholdsSchema } from "./thresholds-config.ts";

describe("thresholds in the settings", () => {
  it("are written in the words of people", () => {
    const read = thresholdsSchema.parse([
      { errors: "5%" },
      {
        region: "us-*",
        service: "checkout",
        latency: "800ms",
        quantile: "p99",
        severity: "error",
        for: "1m",
      },
      { region: "*", volumeDrop: 0.5, over: "1h", title: "Where is everybody?" },
    ]);
    expect(read).toEqual([
      {
        title: "More than 5 % of the requests fail",
        region: undefined,
        service: "*",
        limit: { kind: "errors", share: 0.05 },
        forMs: 30_000,
        leastVolume: 1,
        severity: 1,
      },
      {
        title: "p99 is above 800 ms",
        region: "us-*",
        service: "checkout",
        limit: { kind: "latency", quantile: "p99", ms: 800 },
        forMs: 60_000,
        leastVolume: 1,
        severity: 2,
      },
      {
        title: "Where is everybody?",
        region: "*",
        service: undefined,
        limit: { kind: "volumeDrop", share: 0.5, overMs: 3_600_000 },
        forMs: 30_000,
        leastVolume: 1,
        severity: 1,
      },
    ]);
  });

  it.each([
    [{}, "write one of errors: 5%, latency: 800ms and volumeDrop: 50%"],
    [{ errors: "5%", latency: "1s" }, "write one of errors"],
    [{ errors: "500%" }, "write a share such as 5%"],
    [{ errors: "" }, "write a share such as 5%"],
    [{ errors: "5%", quantile: "p99" }, "quantile: goes with latency:"],
    [{ latency: "1s", over: "5m" }, "over: goes with volumeDrop:"],
    [{ errors: "5%", severity: "bad" }, "write info, warning or error"],
    [{ errors: "5%", warn: 1 }, "warn"],
  ])("are not %j", (written, why) => {
    expect(JSON.stringify(thresholdsSchema.safeParse([written]).error?.issues)).toContain(why);
  });
});
