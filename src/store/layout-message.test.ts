import { describe, expect, it } from "vitest";

import { layoutInput } from "#testing/layout-inputs.ts";

import { buffersOf, packInput, unpackInput } from "./layout-message.ts";

const input = layoutInput(["a > b", "b > c"], {
  weights: Float32Array.from([4, 5]),
  pins: new Map([["b", { x: 0.1, y: -3 }]]),
  previous: new Map([
    ["a", { x: 0, y: 0 }],
    ["c", { x: 12.5, y: 1e6 }],
  ]),
});

describe("a layout's input on its way to the worker", () => {
  it("comes out as it went in", () => {
    expect(unpackInput(packInput(input))).toEqual(input);
  });

  it("leaves out places of nodes that are not there", () => {
    const previous = new Map([...input.previous, ["gone", { x: 1, y: 1 }]]);
    expect(unpackInput(packInput({ ...input, previous }))).toEqual(input);
  });

  it("takes copies along, so that the page keeps its own columns", () => {
    const packed = packInput(input);
    const moved = structuredClone(packed, { transfer: buffersOf(packed) });
    expect(unpackInput(moved)).toEqual(input);
    expect(packed.radii.length).toBe(0);
    expect(input.radii.length).toBe(3);
  });
});
