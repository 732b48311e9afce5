import { expect, it } from "vitest";

import { weightOf } from "./sampling-weight.ts";

const none = new Map<string, string>();
const key = "sampling.ratio";

it.each([
  ["", 1],
  ["ot=th:0", 1],
  ["ot=th:8", 2],
  ["ot=th:c", 4],
  ["vendor=1, ot=rv:1234567890abcd;th:fd70a4 ,other=2", 1 / (1 - 0xfd70a4 / 16 ** 6)],
  ["ot=p:3;r:7", 8],
  ["ot=p:63", 0],
  ["ot=th:", 1],
  ["ot=th:123456789abcdef", 1],
  ["ot=p:64", 1],
  ["other=th:8", 1],
  ["ot=th:ffffffffffffff", 1_000_000],
])("a span with tracestate %j stands for %d requests", (traceState, weight) => {
  expect(weightOf(traceState, none, none, key)).toBeCloseTo(weight, 9);
});

it.each([
  ["0.25", 4],
  ["1", 1],
  ["20", 20],
  ["0", 1],
  ["-1", 1],
  ["often", 1],
])("a span with the ratio %s stands for %d requests", (ratio, weight) => {
  expect(weightOf("", new Map([[key, ratio]]), none, key)).toBe(weight);
  expect(weightOf("", none, new Map([[key, ratio]]), key)).toBe(weight);
});

it("believes tracestate before the span, and the span before its resource", () => {
  const of = (ratio: string) => new Map([[key, ratio]]);
  expect(weightOf("ot=th:8", of("0.1"), of("0.2"), key)).toBe(2);
  expect(weightOf("", of("0.1"), of("0.2"), key)).toBe(10);
});
