import { describe, expect, it } from "vitest";

import type { SummaryRow } from "./frame-summary.ts";
import { calmMarks, marksOf } from "./overview.ts";

/** A frame a second whose worst region is that badly off; notices and drills as they are given. */
function rows(worst: readonly number[], notices: readonly number[] = [], drills: readonly (0 | 1)[] = []) {
  return worst.map((health, i): SummaryRow => [
    i * 1000,
    100,
    0,
    0,
    health,
    null,
    notices[i] ?? 0,
    drills[i] ?? 0,
  ]);
}

const told = (marks: ReturnType<typeof marksOf>) => marks.map(({ at, kind }) => `${at / 1000} ${kind}`);

describe("marks on a timeline", () => {
  it("stand where a region gets worse, where a notice comes and where a drill begins", () => {
    const all = rows([0, 1, 1, 2, 2, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0, 1]);
    expect(told(marksOf(all))).toEqual(["1 degraded", "3 failing", "6 notice", "7 drill"]);
  });

  it("do not stand where it gets better", () => {
    expect(told(marksOf(rows([2, 1, 0]), rows([2])[0]))).toEqual([]);
  });

  it("say of health that wavers around a threshold once a minute that it does", () => {
    const wavering = rows(Array.from({ length: 130 }, (_, i) => i % 2));
    expect(told(calmMarks(marksOf(wavering)))).toEqual(["1 degraded", "61 degraded", "121 degraded"]);
  });

  it("say at once when it gets worse than it was, and let no notice wait", () => {
    const worse = rows([0, 1, 0, 2, 1, 2, 0, 1], [0, 0, 1]);
    expect(told(calmMarks(marksOf(worse)))).toEqual(["1 degraded", "2 notice", "3 failing"]);
  });
});
