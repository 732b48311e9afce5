import * as fc from "fast-check";
import { expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { applyDelta, diffSnapshots } from "#domain/delta.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";

import { ChangeLedger } from "./change-ledger.ts";

/** Frames 1, 2, 3 ... of which neighbours share the structure more often than not. */
const series = fc
  .array(fc.record({ fresh: arbitrarySnapshot, change: fc.nat(4) }), { minLength: 2, maxLength: 8 })
  .map((steps) => {
    const frames: TrafficSnapshot[] = [];
    for (const [at, { fresh, change }] of steps.entries()) {
      const before = frames.at(-1);
      const values = before?.values.map((value, slot) => (slot % 5 === change ? at : value));
      const base =
        before === undefined || values === undefined || change === 4 ? fresh : { ...before, values };
      const { simulated: _, ...measured } = base;
      const mark = fresh.simulated === undefined ? {} : { simulated: fresh.simulated };
      frames.push(createSnapshot({ ...measured, ...mark, at, notices: change === 3 ? [] : base.notices }));
    }
    return frames;
  });

it("leads from any earlier frame to the newest, or says that it cannot", () => {
  fc.assert(
    fc.property(series, (frames) => {
      const ledger = new ChangeLedger();
      let structureSince = 0;
      frames.forEach((frame, i) => {
        const before = frames[i - 1];
        const delta = before === undefined ? undefined : diffSnapshots(before, frame);
        if (delta?.patch !== undefined) structureSince = i;
        ledger.record(i + 1, delta, frame);
      });
      const head = must(frames.at(-1));
      frames.forEach((frame, i) => {
        const delta = ledger.since(i + 1, head);
        expect(delta === undefined).toBe(i < structureSince);
        if (delta === undefined) return;
        const applied = applyDelta(frame, delta);
        expect(applied.ok && applied.value).toEqual(head);
      });
    }),
  );
});
