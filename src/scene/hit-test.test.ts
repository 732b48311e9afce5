import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Point } from "#base/point.ts";
import { twoRegions } from "#testing/builders.ts";
import { arbitraryScene, builtScene, positionNamed, type BuiltScene } from "#testing/built-scene.ts";
import { cases } from "#testing/cases.ts";

import { zoomLimits } from "./camera.ts";
import { curveLength, curvePoint } from "./edge-geometry.ts";
import { forgiveness, HitTest } from "./hit-test.ts";

/** Evenly spread; fc.double would hardly leave the middle. */
const evenly = (min: number, max: number) =>
  fc.integer({ min: 0, max: 100_000 }).map((step) => min + ((max - min) * step) / 100_000);
const zooms = evenly(Math.log(zoomLimits.least), Math.log(zoomLimits.most)).map(Math.exp);

/** Distance from a point to the rim of a disc; negative inside. */
function toNode({ structure: { nodes } }: BuiltScene, node: number, { x, y }: Point): number {
  return Math.hypot(nodes.x[node]! - x, nodes.y[node]! - y) - nodes.radius[node]!;
}

/** Distance from a point to the middle of an edge, cut much finer than the program does. */
function toEdge({ structure }: BuiltScene, edge: number, { x, y }: Point): number {
  const { curves } = structure.edges;
  let least = Infinity;
  let from = curvePoint(curves, edge, 0);
  for (let step = 1; step <= 200; step += 1) {
    const to = curvePoint(curves, edge, step / 200);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = ((x - from.x) * dx + (y - from.y) * dy) / Math.max(1e-9, dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(from.x + t * dx - x, from.y + t * dy - y));
    from = to;
  }
  return least;
}

/** A curve is cut into 16 pieces, which are off by a little where it bends. */
const slop = ({ structure }: BuiltScene, edge: number) =>
  1 + 0.004 * curveLength(structure.edges.curves, edge);

/** A scene and a point near something in it. */
const aimed = fc
  .record({
    scene: arbitraryScene,
    zoom: zooms,
    pick: fc.nat(),
    along: evenly(0, 1),
    awayPx: evenly(0, 24),
    turn: evenly(0, 6.28),
    isFinger: fc.boolean(),
  })
  .filter(({ scene }) => scene.structure.nodes.count > 0)
  .map(({ scene, zoom, pick, along, awayPx, turn, isFinger }) => {
    const { nodes, edges } = scene.structure;
    const chosen = pick % (nodes.count + edges.count);
    const from =
      chosen < nodes.count
        ? { x: nodes.x[chosen]!, y: nodes.y[chosen]! }
        : curvePoint(edges.curves, chosen - nodes.count, along);
    const radius = chosen < nodes.count ? nodes.radius[chosen]! * along : 0;
    const away = awayPx / zoom + radius;
    const at = { x: from.x + away * Math.cos(turn), y: from.y + away * Math.sin(turn) };
    return { scene, zoom, at, isFinger };
  });

describe("what lies under the pointer", () => {
  it("is the nearest node within reach, however far one has zoomed", () => {
    fc.assert(
      fc.property(aimed, ({ scene, zoom, at, isFinger }) => {
        const hit = new HitTest(scene.structure).at(at, zoom, scene.values, isFinger);
        const slack = (forgiveness.nodePx * (isFinger ? 2 : 1)) / zoom;
        const distances = Array.from({ length: scene.structure.nodes.count }, (_, node) =>
          toNode(scene, node, at),
        );
        const nearest = Math.min(...distances);
        // Single precision and the last bit decide on the very rim.
        fc.pre(Math.abs(nearest - slack) > 1e-3);
        expect(hit?.kind === "node").toBe(nearest <= slack);
        if (hit?.kind === "node") expect(distances[hit.node]).toBeCloseTo(nearest, 3);
      }),
      { numRuns: cases(500) },
    );
  });

  it("is an edge within reach where there is no node", () => {
    fc.assert(
      fc.property(aimed, ({ scene, zoom, at, isFinger }) => {
        const hit = new HitTest(scene.structure).at(at, zoom, scene.values, isFinger);
        fc.pre(hit?.kind !== "node");
        const slack = (forgiveness.edgePx * (isFinger ? 2 : 1)) / zoom;
        const reach = (edge: number) => slack + Math.min(30, scene.values.edgeWidth[edge]! / 2);
        const distances = Array.from({ length: scene.structure.edges.count }, (_, edge) =>
          toEdge(scene, edge, at),
        );
        const isSurely = distances.some((distance, edge) => distance < reach(edge) - slop(scene, edge));
        const isMaybe = distances.some((distance, edge) => distance < reach(edge) + slop(scene, edge));
        if (isSurely) expect(hit?.kind).toBe("edge");
        if (!isMaybe) expect(hit).toBeUndefined();
        if (hit === undefined) return;
        // A thin edge may be nearer, and still out of reach where the point lies on a wide one.
        const others = distances.flatMap((distance, edge) =>
          distance < reach(edge) - slop(scene, edge) ? [distance + slop(scene, edge)] : [],
        );
        expect(distances[hit.edge]! - slop(scene, hit.edge)).toBeLessThanOrEqual(Math.min(...others));
      }),
      { numRuns: cases(500) },
    );
  });

  it("is the node, where an edge ends under it", () => {
    const scene = builtScene(twoRegions(), { focus: ["east"] });
    const { nodes } = scene.structure;
    const api = positionNamed(scene, "api");
    const hitTest = new HitTest(scene.structure);
    expect(hitTest.at({ x: nodes.x[api]!, y: nodes.y[api]! }, 1, scene.values)).toEqual({
      kind: "node",
      node: api,
    });
  });

  it("is more with a finger than with a mouse", () => {
    const scene = builtScene(twoRegions(), { focus: ["east"] });
    const { nodes } = scene.structure;
    const store = positionNamed(scene, "store");
    const at = { x: nodes.x[store]!, y: nodes.y[store]! + nodes.radius[store]! + forgiveness.nodePx + 3 };
    const hitTest = new HitTest(scene.structure);
    expect(hitTest.at(at, 1, scene.values, false)?.kind).not.toBe("node");
    expect(hitTest.at(at, 1, scene.values, true)).toEqual({ kind: "node", node: store });
  });
});
