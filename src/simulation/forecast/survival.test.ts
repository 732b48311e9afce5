import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { deepFreeze } from "#testing/deep-freeze.ts";
import { ringOf, sixNumbers } from "#testing/drill-frames.ts";
import { mockFrame, publicSample, sampleSkipped } from "#testing/public-sample.ts";

import type { DrillFault } from "../plan/drill-fault.ts";
import type { Forecast } from "./forecast.ts";
import { survivalTable, worstSaviour, type SurvivalRow } from "./survival.ts";

function tableOf(frame: TrafficSnapshot): readonly SurvivalRow[] {
  const table = survivalTable(frame, []);
  if (!table.ok) throw new Error(table.error.message);
  return table.value;
}

/** "us-west-2 0.953 eu-west-1 0.937", fullest first, and the verdict. */
function told(survival: Result<Forecast, DrillFault>): string {
  if (!survival.ok) return survival.error.message;
  const parts = survival.value.saviours
    .toSorted((a, b) => b.utilisation.high - a.utilisation.high)
    .map(({ region, utilisation }) => `${region} ${utilisation.high.toFixed(3)}`);
  return `${parts.join(" ")}: ${survival.value.verdict}`;
}

const frames: readonly (readonly [string, () => TrafficSnapshot])[] = [
  ["six numbers", sixNumbers],
  ["the demo's frame", () => mockFrame("topologies/three-regions.json")],
  ...(sampleSkipped === "" ? [["Vizceral's sample", publicSample] as const] : []),
];

describe("survivalTable", () => {
  it.each(frames)(`finds in %s what is published (rule G3)${sampleSkipped}`, (_, frameOf) => {
    const rows = tableOf(frameOf());
    const byRegion = (choose: (row: SurvivalRow) => SurvivalRow["byHeadroom"]) =>
      Object.fromEntries(rows.map((row) => [row.region, told(choose(row))]));
    expect(byRegion((row) => row.byHeadroom)).toEqual({
      "us-east-1": "us-west-2 0.953 eu-west-1 0.937: tight",
      "us-west-2": "us-east-1 0.836 eu-west-1 0.725: fits",
      "eu-west-1": "us-east-1 0.833 us-west-2 0.790: fits",
    });
    expect(byRegion((row) => row.byCurrentShare)).toMatchObject({
      "us-east-1": "us-west-2 1.085 eu-west-1 0.815: does-not-fit",
    });
    const failing = rows.filter(({ byCurrentShare }) => told(byCurrentShare).endsWith("does-not-fit"));
    expect(failing).toHaveLength(1);
  });

  it("names who is worst off, with the service that is fullest", () => {
    const east = must(
      tableOf(mockFrame("topologies/three-regions.json")).find(({ region }) => region === "us-east-1"),
    );
    const { byHeadroom } = east;
    if (!byHeadroom.ok) throw new Error(byHeadroom.error.message);
    const worst = worstSaviour(byHeadroom.value);
    expect(worst.region).toBe("us-west-2");
    expect(worst.worstService?.utilisation.high).toBeCloseTo(0.953, 3);
  });

  it("says in its row what is wrong with one region", () => {
    const frame = ringOf({ east: { users: 5, maxVolume: 0 }, west: { users: 5, maxVolume: 20 } });
    const rows = tableOf(frame);
    expect(rows.map(({ byHeadroom }) => told(byHeadroom))).toEqual([
      "west 0.500: fits",
      'Nobody knows what "east" can take, so that nothing can be divided by headroom. Split by current share, or give the regions a maxVolume or a capacity.',
    ]);
    expect(rows.map(({ byCurrentShare }) => told(byCurrentShare))).toEqual([
      "west 0.500: fits",
      "east NaN: unknown",
    ]);
  });

  it("fails where there is no region to lose", () => {
    expect(survivalTable(buildSnapshot({}), [])).toMatchObject({ ok: false, error: { kind: "empty-graph" } });
  });

  it("changes nothing (P14)", () => {
    const frame = deepFreeze(twoRegions());
    const before = [...frame.values];
    survivalTable(frame, [frame, frame]);
    expect([...frame.values]).toEqual(before);
  });
});
