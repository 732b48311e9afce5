import { describe, expect, it } from "vitest";

import { streamOf } from "../chance.ts";
import { runCollapse, type CollapseCase } from "./collapse-model.ts";

/** Share of 200 seeds whose run is still collapsed 35 s after the spike: fewer than half of the clients have success. */
function collapsedShare(one: CollapseCase): number {
  const seeds = 200;
  let collapsed = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const { started, succeeded } = runCollapse(one, streamOf(seed, "collapse"));
    if (succeeded < started / 2) collapsed += 1;
  }
  return collapsed / seeds;
}

describe("A12: Brooker's simple collapse after a spike from 40 to 80 clients per second", () => {
  it("stays collapsed in .72 of 200 seeds without backoff", () => {
    const share = collapsedShare({ spike: 80, hasBackoff: false });
    expect(share).toBeGreaterThanOrEqual(0.6);
    expect(share).toBeLessThanOrEqual(0.85);
  }, 120_000);

  it("never stays collapsed with backoff and jitter", () => {
    expect(collapsedShare({ spike: 80, hasBackoff: true })).toBeLessThanOrEqual(0.05);
  }, 120_000);
});
