import { expect, it } from "vitest";

import { noRegionRule, regionOf } from "./region-rule.ts";

const rule = { clusters: new Map([["c1", "us-east-1"]]), fallback: "eu-west-1" };

it("believes the label, then the cluster, then the source, then the fallback", () => {
  expect(regionOf({ region: "ap-1", cluster: "c1", external: "x" }, rule)).toBe("ap-1");
  expect(regionOf({ cluster: "c1", external: "x" }, rule)).toBe("us-east-1");
  expect(regionOf({ cluster: "c2", external: "x" }, rule)).toBe("x");
  expect(regionOf({ cluster: "c2" }, rule)).toBe("eu-west-1");
});

it("takes an empty text and the word unknown for nothing", () => {
  expect(regionOf({ region: "unknown", cluster: "", external: " " }, noRegionRule)).toBeUndefined();
});
