import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyDelta, diffSnapshots, valuesAt } from "#domain/delta.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";

import { decodeDelta, encodeDelta } from "./delta-message.ts";

const good = { seq: 2, base: 1, t: 5, window: 1000, runs: [0, 2, 7, 1], values: [1, null, 3] };
const drill = { drill: "0f", victim: "east", saviours: ["west"], stage: "dns", elapsedMs: 1 };

describe("a delta on the wire", () => {
  it("is read back as it was written, whatever changed", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, fc.nat(), fc.nat(), (a, b, seq, base) => {
        const delta = diffSnapshots(a, b);
        const raw: unknown = JSON.parse(JSON.stringify(encodeDelta(delta, seq, base)));
        expect(decodeDelta(raw)).toEqual({ ok: true, value: { seq, base, delta, isRecorded: true } });
      }),
    );
  });

  it("says of a frame that it was not recorded", () => {
    const index = Uint32Array.of(3);
    const delta = { at: 1, windowMs: 1000, index, value: Float64Array.of(1) };
    const decoded = decodeDelta({ ...encodeDelta(delta, 8, 7), unrecorded: true });
    expect(decoded).toMatchObject({ ok: true, value: { isRecorded: false } });
  });

  it("tells neighbouring slots as one run", () => {
    const index = Uint32Array.of(3, 4, 5, 9, 11, 12);
    const delta = { at: 1, windowMs: 1000, index, value: Float64Array.of(1, 2, 3, 4, 5, 6) };
    expect(encodeDelta(delta, 8, 7)).toEqual({
      seq: 8,
      base: 7,
      t: 1,
      window: 1000,
      runs: [3, 3, 9, 1, 11, 2],
      values: [1, 2, 3, 4, 5, 6],
    });
  });

  it("leads to the same frame when it bridges short stretches of zeros with what they hold", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const raw: unknown = JSON.parse(JSON.stringify(encodeDelta(diffSnapshots(a, b), 2, 1, b.values)));
        const decoded = decodeDelta(raw);
        const applied = decoded.ok && applyDelta(a, decoded.value.delta);
        expect(applied).toEqual({ ok: true, value: b });
      }),
    );
  });

  it("bridges only zeros, and only a few", () => {
    const values = Float64Array.of(1, 0, 2, NaN, 3, 0, 0, 4, 0, 0, 0, 5);
    const index = Uint32Array.of(0, 2, 4, 7, 11);
    const delta = { at: 1, windowMs: 1000, index, value: valuesAt(values, index) };
    expect(encodeDelta(delta, 2, 1, values).runs).toEqual([0, 3, 4, 4, 11, 1]);
  });

  it.each<[string, unknown]>([
    ["delta: an object", null],
    ["delta: an object", [good]],
    ["values: a list", { ...good, values: "1" }],
    ["values: as many values", { ...good, values: [1, 2, 3, 4] }],
    ["runs[3]: a count", { ...good, values: [1, 2] }],
    ["runs[2]: a slot after", { ...good, runs: [0, 2, 1, 1] }],
    ["runs[0]: a slot after", { ...good, runs: [-1, 3] }],
    ["runs[0]: a slot after", { ...good, runs: [0.5, 3] }],
    ["runs[0]: a slot after", { ...good, runs: [1e15, 3] }],
    ["runs[1]: a count", { ...good, runs: [0] }],
    ["runs[1]: a count", { ...good, runs: [0, 1e9] }],
    ["runs: a list of at most 6", { ...good, runs: [0, 1, 0, 1, 0, 1, 0, 1] }],
    ["values[1]: a number or null", { ...good, values: [1, "2", 3] }],
    ["seq: a whole number", { ...good, seq: 1.5 }],
    ["base: a whole number", { ...good, base: undefined }],
    ["t: a number", { ...good, t: "now" }],
    ["patch.revision: a whole number", { ...good, patch: {} }],
    ["patch.nodes[0][1]: a whole number", { ...good, patch: { revision: 1, nodes: [[0]], edges: [] } }],
    [
      "patch.nodes: at most",
      {
        ...good,
        patch: {
          revision: 1,
          nodes: [
            [0, 15_000],
            [0, 15_000],
          ],
          edges: [],
        },
      },
    ],
    ["name: a text", { ...good, patch: { revision: 1, nodes: [{ item: { name: 1 } }], edges: [] } }],
    ["notices[0].severity", { ...good, notices: [{ severity: 3 }] }],
    ["simulated: an object", { ...good, simulated: true }],
    ["simulated.stage: before or", { ...good, simulated: { ...drill, stage: "over" } }],
    ["simulated.saviours[0]: a text", { ...good, simulated: { ...drill, saviours: [1] } }],
    ["simulated.elapsedMs: a number", { ...good, simulated: { ...drill, elapsedMs: null } }],
    [
      "notices[0].link",
      {
        ...good,
        notices: [{ severity: 1, title: "", target: { kind: "node", node: 0 }, link: "javascript:alert(1)" }],
      },
    ],
  ])("is refused with the place and what is needed there: %s", (what, raw) => {
    const decoded = decodeDelta(raw);
    expect(decoded.ok ? "" : decoded.error.what).toContain(what);
  });
});
