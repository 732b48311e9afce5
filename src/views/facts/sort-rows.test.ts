import { expect, it } from "vitest";
import * as fc from "fast-check";

import { keepOrder, nextSort, sortRows } from "./sort-rows.ts";

const row = (key: string, rate: number, name = key) => ({ key, name, rate });
const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key).join("");

it("sorts by what a column holds, both ways", () => {
  const rows = [row("a", 2), row("b", 3), row("c", 1)];
  expect(keys(sortRows(rows, { column: "rate", isDescending: true }))).toBe("bac");
  expect(keys(sortRows(rows, { column: "rate", isDescending: false }))).toBe("cab");
});

it("puts what is not known last, both ways", () => {
  const rows = [row("a", NaN), row("b", 0), row("c", 1)];
  expect(keys(sortRows(rows, { column: "rate", isDescending: true }))).toBe("cba");
  expect(keys(sortRows(rows, { column: "rate", isDescending: false }))).toBe("bca");
});

it("sorts names as people count: 2 before 10", () => {
  const rows = [row("a", 0, "node-10"), row("b", 0, "node-2")];
  expect(keys(sortRows(rows, { column: "name", isDescending: false }))).toBe("ba");
});

const someRows = fc.uniqueArray(
  fc.record({ key: fc.string(), name: fc.string(), rate: fc.constantFrom(0, 1, NaN) }),
  {
    selector: ({ key }) => key,
  },
);

it("gives the same order however the rows come", () => {
  fc.assert(
    fc.property(someRows, fc.boolean(), (rows, isDescending) => {
      const order = { column: "rate", isDescending } as const;
      expect(sortRows(rows.toReversed(), order)).toEqual(sortRows(rows, order));
    }),
  );
});

it("begins a new column with what is wanted first, then turns around", () => {
  const byName = { column: "name", isDescending: false } as const;
  const byRate = nextSort(byName, "rate");
  expect(byRate).toEqual({ column: "rate", isDescending: true });
  expect(nextSort(byRate, "rate")).toEqual({ column: "rate", isDescending: false });
  expect(nextSort(byRate, "name")).toEqual(byName);
});

it("keeps the order that stood, with new rows last", () => {
  const rows = [row("n", 9), row("a", 1), row("b", 5)];
  expect(keys(keepOrder(rows, ["b", "a", "gone"]))).toBe("ban");
});
