import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { buildSnapshot } from "#testing/builders.ts";

import type { TrafficSnapshot } from "../snapshot.ts";
import { ThresholdWatch, type Limit, type Threshold } from "./thresholds.ts";

const base: Omit<Threshold, "limit"> = {
  title: "Too much",
  region: undefined,
  service: "*",
  forMs: 0,
  leastVolume: 1,
  severity: 2,
};
const errors: Limit = { kind: "errors", share: 0.05 };
const drop: Limit = { kind: "volumeDrop", share: 0.5, overMs: 600_000 };

/** Two regions; a share of what reaches the cart of us-east-1 fails. */
function traffic(failing: number, at = 0, volume = 100): TrafficSnapshot {
  const region = (rate: readonly number[]) => ({
    children: { INTERNET: { isEntry: true }, web: {}, cart: {}, "eu-west-1": { type: "region" } },
    edges: { "INTERNET > web": [100, 0, 0], "web > cart": rate, "web > eu-west-1": [0, 0, 50] },
  });
  return buildSnapshot(
    {
      children: {
        INTERNET: { isEntry: true },
        "us-east-1": region([volume * (1 - failing), 0, volume * failing]),
        "eu-west-1": region([100, 0, 0]),
      },
    },
    at,
  );
}

function firing(watch: ThresholdWatch, snapshot: TrafficSnapshot): readonly string[] {
  return watch.apply(snapshot).notices.map(({ target, title }) => {
    const { nodes } = snapshot.topology;
    const node = must(nodes[target.kind === "node" ? target.node : 0]);
    return `${title}: ${node.name} of ${nodes[node.parent]?.name ?? "nothing"}`;
  });
}

const cart = "Too much: cart of us-east-1";

describe("a threshold", () => {
  it("says where more fails than it allows, and not of other regions as they are seen from inside", () => {
    const watch = new ThresholdWatch([{ ...base, limit: errors }]);
    expect(firing(watch, traffic(0.04))).toEqual([]);
    expect(firing(watch, traffic(0.06))).toEqual([cart]);
  });

  it("takes its notice away only well below its limit", () => {
    const watch = new ThresholdWatch([{ ...base, limit: errors }]);
    expect(
      [0.06, 0.049, 0.0451, 0.044, 0.049].map((share, at) => firing(watch, traffic(share, at)).length),
    ).toEqual([1, 1, 1, 0, 0]);
  });

  it("has to be exceeded for a while, without a break", () => {
    const watch = new ThresholdWatch([{ ...base, limit: errors, forMs: 30_000 }]);
    const shares = [0.1, 0.1, 0, 0.1, 0.1, 0.1, 0.1];
    const counts = shares.map((share, i) => firing(watch, traffic(share, i * 10_000)).length);
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  it("says nothing of errors where next to nothing flows", () => {
    const watch = new ThresholdWatch([{ ...base, limit: errors, leastVolume: 10 }]);
    expect(firing(watch, traffic(1, 0, 9))).toEqual([]);
    expect(firing(watch, traffic(1, 1, 10))).toEqual([cart]);
  });

  it.each([
    ["us-*", "c*t", [cart]],
    ["eu-*", "*", []],
    [undefined, "cart", [cart]],
    [undefined, "car", []],
    ["us.east.1", "*", []],
  ])("is meant for regions %s and services %s", (region, service, expected) => {
    const watch = new ThresholdWatch([{ ...base, region, service, limit: errors }]);
    expect(firing(watch, traffic(0.5))).toEqual(expected);
  });

  it("watches regions when it names no service", () => {
    const whole = buildSnapshot({
      children: { INTERNET: { isEntry: true }, east: { children: { web: {} } } },
      edges: { "INTERNET > east": [1, 0, 9] },
    });
    const watch = new ThresholdWatch([{ ...base, region: "*", service: undefined, limit: errors }]);
    expect(firing(watch, whole)).toEqual(["Too much: east of global"]);
  });

  it("watches how long requests take, by the quantile", () => {
    const slow = traffic(0);
    const edge = slow.topology.edges.findIndex(({ target }) => slow.topology.nodes[target]?.name === "cart");
    slow.latencyMs.p95[edge] = 900;
    const limit = (quantile: "p50" | "p95") => ({
      ...base,
      limit: { kind: "latency" as const, quantile, ms: 800 },
    });
    expect(firing(new ThresholdWatch([limit("p95")]), slow)).toEqual([cart]);
    expect(firing(new ThresholdWatch([limit("p50")]), slow)).toEqual([]);
  });
});

describe("a drop of the volume", () => {
  const watch = () => {
    const made = new ThresholdWatch([{ ...base, limit: drop }]);
    for (let i = 0; i < 10; i += 1) firing(made, traffic(0, i * 60_000));
    return made;
  };

  it("is told when less than the usual comes, and until it is back", () => {
    const watching = watch();
    const told = [60, 40, 40, 52, 60].map((volume, i) =>
      firing(watching, traffic(0, (10 + i) * 60_000, volume)),
    );
    expect(told.map((titles) => titles.length)).toEqual([0, 1, 1, 1, 0]);
  });

  it("does not become usual while it lasts", () => {
    const watching = watch();
    const lasting = Array.from(
      { length: 20 },
      (_, i) => firing(watching, traffic(0, (10 + i) * 60_000, 10)).length,
    );
    expect(lasting).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it("is told at the region when the service is gone altogether, for a quarter of an hour", () => {
    const watching = watch();
    const gone = (minute: number) =>
      buildSnapshot({ children: { "us-east-1": { children: { web: {} } } } }, minute * 60_000);
    const told = firing(watching, gone(10));
    expect(told).toContain("Too much (cart): us-east-1 of global");
    expect(firing(watching, gone(26)).filter((title) => title.includes("cart"))).toEqual([]);
  });

  it("is not told before it is known what is usual", () => {
    const watching = new ThresholdWatch([{ ...base, limit: drop }]);
    firing(watching, traffic(0, 0));
    expect(firing(watching, traffic(0, 60_000, 1))).toEqual([]);
  });
});

it("leaves the snapshot as it is when nothing is exceeded", () => {
  const snapshot = traffic(0);
  expect(new ThresholdWatch([{ ...base, limit: errors }]).apply(snapshot)).toBe(snapshot);
});
