import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildSnapshot } from "#testing/builders.ts";
import { arbitraryScene, builtScene } from "#testing/built-scene.ts";

import { pictureBounds } from "./picture-bounds.ts";

describe("the bounds of the picture", () => {
  it("hold every disc, and room for a label under it", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ structure: { nodes } }) => {
        const { left, top, right, bottom } = pictureBounds(nodes);
        for (let node = 0; node < nodes.count; node += 1) {
          const [x, y, radius] = [nodes.x[node]!, nodes.y[node]!, nodes.radius[node]!];
          expect(left).toBeLessThanOrEqual(x - radius);
          expect(right).toBeGreaterThanOrEqual(x + radius);
          expect(top).toBeLessThan(y - radius);
          expect(bottom).toBeGreaterThan(y + radius + 14);
        }
      }),
    );
  });

  it("of nothing are small and around the middle", () => {
    const { structure } = builtScene(buildSnapshot({}));
    expect(pictureBounds(structure.nodes)).toEqual({ left: -1, top: -1, right: 1, bottom: 1 });
  });
});
