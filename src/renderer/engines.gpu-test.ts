import { describe, expect, it } from "vitest";

import { frozenAt, type TimeMap } from "#base/time-map.ts";
import { flowTime } from "#scene/flow-law.ts";
import { frameAt, strewnScene, testOptions, testPalette } from "#testing/engine-scene.ts";
import { evenRow } from "#testing/flow-scene.ts";
import { listDots } from "#testing/list-dots.ts";

import { FlowState } from "./flow-state.ts";
import type { Renderer } from "./renderer.ts";
import { SoftwareRenderer } from "./software/software-renderer.ts";
import { feedbackDots } from "#testing/feedback-dots.ts";
import { WebglRenderer } from "./webgl2/webgl-renderer.ts";

const width = 640;
const height = 400;
const now = 1_700_000_123_456;
const still = frozenAt(now, 0);
const rows = [evenRow(24, 6, 0.2, 0.1, now - 60_000), evenRow(24, 14, 0.1, 0.2, now - 1_500)];

function prepared(renderer: Renderer): Renderer {
  const { structure, values } = strewnScene(24, width, height);
  renderer.setAppearance(testPalette, { ...testOptions, labels: false });
  renderer.resize({ width, height }, 1);
  renderer.setScene(structure, values);
  renderer.setFlow(rows);
  renderer.restartFlow();
  return renderer;
}

/** The pixels on a canvas right after it was drawn. */
function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const pen = copy.getContext("2d");
  pen?.drawImage(canvas, 0, 0);
  return pen?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
}

function drawn(renderer: Renderer, canvas: HTMLCanvasElement, time: TimeMap, wall = 0): Uint8ClampedArray {
  renderer.draw(frameAt(wall, time, width, height));
  return pixelsOf(canvas);
}

function makeWebgl(onContext: (isLost: boolean) => void = () => undefined) {
  const canvas = document.createElement("canvas");
  const renderer = new WebglRenderer(canvas, () => performance.now(), onContext);
  prepared(renderer);
  return { canvas, renderer };
}

function makeSoftware() {
  const canvas = document.createElement("canvas");
  const renderer = new SoftwareRenderer(canvas, () => performance.now());
  prepared(renderer);
  return { canvas, renderer };
}

/** Mean difference per channel, of 255. */
function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

describe("both engines", () => {
  it("have the same dots alive, of the same class, within half a pixel of the law's place", () => {
    const { structure, values } = strewnScene(24, width, height);
    const flow = new FlowState();
    flow.setScene(structure, values, 0);
    flow.history.setRows(rows);
    flow.history.advance(still, 0);
    const moment = { time: flowTime(now), rowOf: flow.history.rowOf, classes: 3 };
    const expected = new Map(listDots(flow, moment).map((dot) => [`${dot.edge}/${dot.slot}`, dot]));
    const shown = feedbackDots(flow, 3, moment.time);
    expect(expected.size).toBeGreaterThan(200);
    expect(new Set(shown.map(({ edge, slot }) => `${edge}/${slot}`))).toEqual(new Set(expected.keys()));
    for (const dot of shown) {
      const law = expected.get(`${dot.edge}/${dot.slot}`);
      expect(dot.kind).toBe(law?.kind);
      expect(Math.hypot(dot.x - (law?.x ?? NaN), dot.y - (law?.y ?? NaN))).toBeLessThan(0.5);
    }
  });

  it("show the same picture", () => {
    const webgl = makeWebgl();
    const software = makeSoftware();
    const a = drawn(webgl.renderer, webgl.canvas, still);
    const b = drawn(software.renderer, software.canvas, still);
    const empty = new Uint8ClampedArray(a.length);
    expect(meanDifference(a, b)).toBeLessThan(1);
    // The bound means something: the picture is not black.
    expect(meanDifference(a, empty)).toBeGreaterThan(10);
  });

  for (const [name, make] of [
    ["webgl2", makeWebgl],
    ["software", makeSoftware],
  ] as const) {
    it(`${name} shows the same moment alike, whether it was played to, sought or run to at 16x`, () => {
      const sought = make();
      const expected = drawn(sought.renderer, sought.canvas, still);

      const played = make();
      const playing = { wallAt: 0, dataAt: now - 5_000, motionAt: now - 5_000, speed: 1, holdAt: Infinity };
      for (let wall = 0; wall <= 5_000; wall += 250) drawn(played.renderer, played.canvas, playing, wall);
      played.renderer.restartFlow();
      expect(meanDifference(drawn(played.renderer, played.canvas, still), expected)).toBe(0);

      const fast = make();
      const running = {
        wallAt: 0,
        dataAt: now - 32_000,
        motionAt: now - 32_000,
        speed: 16,
        holdAt: Infinity,
      };
      for (let wall = 0; wall <= 2_000; wall += 250) drawn(fast.renderer, fast.canvas, running, wall);
      fast.renderer.restartFlow();
      expect(meanDifference(drawn(fast.renderer, fast.canvas, still), expected)).toBe(0);
    });
  }
});

describe("the WebGL2 engine", () => {
  it("draws a frame in three calls and uploads nothing without new data", () => {
    const { renderer } = makeWebgl();
    const time = { wallAt: 0, dataAt: now, motionAt: now, speed: 1, holdAt: Infinity };
    renderer.draw(frameAt(0, time, width, height));
    const calls = renderer.drawCalls;
    const bytes = renderer.uploadedBytes;
    for (let frame = 1; frame <= 30; frame += 1) renderer.draw(frameAt(frame * 16, time, width, height));
    expect((renderer.drawCalls - calls) / 30).toBe(3);
    expect(renderer.uploadedBytes - bytes).toBe(0);
  });

  it("uploads nothing while many quiet edges go on as they were, whatever bucket of time begins", () => {
    const { renderer } = makeWebgl();
    const { structure, values } = strewnScene(2_500, width, height);
    renderer.setScene(structure, values);
    renderer.setFlow([evenRow(2_500, 0.2, 0.2, 0.1, now - 60_000)]);
    renderer.restartFlow();
    const time = { wallAt: 0, dataAt: now, motionAt: now, speed: 1, holdAt: Infinity };
    renderer.draw(frameAt(0, time, width, height));
    const bytes = renderer.uploadedBytes;
    for (let wall = 500; wall <= 20_000; wall += 500) renderer.draw(frameAt(wall, time, width, height));
    expect(renderer.uploadedBytes - bytes).toBe(0);
  });

  it("draws the same picture again after the graphics context was lost and restored", async () => {
    const heard: boolean[] = [];
    const { canvas, renderer } = makeWebgl((isLost) => heard.push(isLost));
    // A task later: the browser takes a restoration only when it is through with the loss.
    const after = (name: string) =>
      new Promise<void>((resolve) =>
        canvas.addEventListener(name, () => setTimeout(resolve), { once: true }),
      );
    const lost = after("webglcontextlost");
    const restored = after("webglcontextrestored");
    const before = drawn(renderer, canvas, still);
    const extension = canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context");
    extension?.loseContext();
    await lost;
    extension?.restoreContext();
    await restored;
    expect(heard).toEqual([true, false]);
    expect(meanDifference(drawn(renderer, canvas, still), before)).toBe(0);
  });
});
