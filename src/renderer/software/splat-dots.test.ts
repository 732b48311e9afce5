import { describe, expect, it } from "vitest";

import { evenRow, steady, strewnEdges } from "#testing/flow-scene.ts";
import { listDots } from "#testing/list-dots.ts";

import { dotKernel, drawKernel, type KernelQuality } from "./dot-kernel.ts";
import { DotSplatter, type PixelImage, type SplatStyle } from "./splat-dots.ts";

const width = 400;
const height = 300;

function blank(): PixelImage {
  return { width, height, pixels: new Int32Array(width * height).fill(0xff101010 | 0) };
}

function styleOf(quality: KernelQuality): SplatStyle {
  return {
    kernels: [
      dotKernel("dot", 1.55, width, quality),
      dotKernel("triangle", 2.3, width, quality),
      dotKernel("diamond", 2.6, width, quality),
    ],
    colors: Int32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9], (n) => 0xff000000 | (n * 0x191a1b)),
    isOnTop: [false, true, true],
  };
}

const transform = { scale: 0.9, offsetX: 12.25, offsetY: -7.5 };

describe("the software engine", () => {
  for (const quality of ["fine", "plain"] as const) {
    it(`draws exactly the dots that the law lists, ${quality}`, () => {
      const edges = strewnEdges(30, width, height);
      edges.level.set([2, 1, 0, 2]);
      const rowOf = steady(evenRow(30, 14, 0.2, 0.1));
      const moment = { time: 987_654_321, rowOf, classes: 3, thinning: 1 };
      const style = styleOf(quality);
      const drawn = blank();
      const count = new DotSplatter().splat(drawn, transform, edges, moment, style);

      const dots = listDots(edges, moment);
      const expected = blank();
      const paint = (onTop: boolean) => {
        for (const { edge, kind, x, y } of dots) {
          if (style.isOnTop[kind] !== onTop) continue;
          const kernel = style.kernels[kind]!;
          const px = x * transform.scale + transform.offsetX;
          const py = y * transform.scale + transform.offsetY;
          const { reach } = kernel;
          if (px < reach || py < reach || px >= width - reach || py >= height - reach) continue;
          drawKernel(expected.pixels, width, px, py, kernel, style.colors[edges.level[edge]! * 3 + kind]!);
        }
      };
      paint(false);
      paint(true);
      expect(count).toBe(dots.length);
      const different = drawn.pixels.filter((pixel, i) => pixel !== expected.pixels[i]).length;
      // The engine multiplies where the law divides: a dot in a thousand lands in the next quarter of a pixel.
      expect(different / drawn.pixels.length).toBeLessThan(0.0005);
    });
  }

  it("draws the same picture for the same moment, however often", () => {
    const edges = strewnEdges(10, width, height);
    const moment = { time: 55_555, rowOf: steady(evenRow(10, 20)), classes: 3, thinning: 1 };
    const splatter = new DotSplatter();
    const [first, second] = [blank(), blank()];
    splatter.splat(first, transform, edges, moment, styleOf("fine"));
    splatter.splat(second, transform, edges, moment, styleOf("fine"));
    expect(second.pixels).toEqual(first.pixels);
  });

  it("thins every edge alike", () => {
    const edges = strewnEdges(40, width, height);
    const rowOf = steady(evenRow(40, 50));
    const count = (thinning: number) =>
      new DotSplatter().splat(
        blank(),
        transform,
        edges,
        { time: 1_000_000, rowOf, classes: 3, thinning },
        styleOf("plain"),
      );
    expect(count(0.25) / count(1)).toBeCloseTo(0.25, 1);
  });

  it("draws nothing for edges beyond the screen, and nothing outside of the image", () => {
    const edges = strewnEdges(10, width, height);
    const moment = { time: 1, rowOf: steady(evenRow(10, 30)), classes: 3, thinning: 1 };
    const far = { scale: 1, offsetX: 5 * width, offsetY: 0 };
    expect(new DotSplatter().splat(blank(), far, edges, moment, styleOf("plain"))).toBe(0);
    const large = { scale: 9, offsetX: -900, offsetY: -700 };
    expect(() => new DotSplatter().splat(blank(), large, edges, moment, styleOf("fine"))).not.toThrow();
  });

  it("lies errors above everything else", () => {
    const edges = strewnEdges(1, width, height);
    const style = styleOf("plain");
    const image = blank();
    const moment = { time: 4_242, rowOf: steady(evenRow(1, 400, 0, 0.05)), classes: 3, thinning: 1 };
    new DotSplatter().splat(image, { scale: 1, offsetX: 0, offsetY: 0 }, edges, moment, style);
    const danger = listDots(edges, moment).filter(({ kind }) => kind === 2);
    expect(danger.length).toBeGreaterThan(3);
    for (const { x, y } of danger) {
      if (x < 6 || y < 6 || x > width - 6 || y > height - 6) continue;
      expect(image.pixels[Math.floor(y) * width + Math.floor(x)]).toBe(style.colors[2]);
    }
  });
});
