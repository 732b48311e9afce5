import { isJsonObject } from "#base/json.ts";
import type { Point } from "#base/point.ts";

import type { AppState } from "./app-state.ts";
import { readJson, writeJson, type KeyValueStorage } from "./settings.ts";

type Pins = AppState["view"]["pins"];

/** Places beyond this are not kept: a picture that large is a mistake. */
const furthest = 100_000;

/** Pins are kept for each feed: another feed has other nodes. */
function keyOf(feed: string | undefined): string {
  return `spillway.pins.${feed ?? ""}`;
}

export function readPins(storage: KeyValueStorage, feed: string | undefined): Pins {
  const kept = readJson(storage, keyOf(feed));
  const pins = new Map<string, ReadonlyMap<string, Point>>();
  if (!isJsonObject(kept)) return pins;
  for (const [viewKey, nodes] of Object.entries(kept)) {
    if (!isJsonObject(nodes)) continue;
    const places = new Map<string, Point>();
    for (const [nodeKey, place] of Object.entries(nodes)) {
      const [x, y] = Array.isArray(place) ? (place as unknown[]) : [];
      if (isPlace(x) && isPlace(y)) places.set(nodeKey, { x, y });
    }
    if (places.size > 0) pins.set(viewKey, places);
  }
  return pins;
}

export function writePins(storage: KeyValueStorage, feed: string | undefined, pins: Pins): void {
  const kept = Object.fromEntries(
    [...pins].map(([viewKey, nodes]) => [
      viewKey,
      Object.fromEntries(
        [...nodes].map(([nodeKey, { x, y }]) => [
          nodeKey,
          [Math.round(x * 10) / 10, Math.round(y * 10) / 10],
        ]),
      ),
    ]),
  );
  writeJson(storage, keyOf(feed), kept);
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) < furthest;
}
