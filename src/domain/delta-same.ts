import { isJsonObject } from "#base/json.ts";

import type { Notice } from "./notice.ts";
import type { TrafficEdge, TrafficNode } from "./topology.ts";
import type { TrafficClass } from "./traffic-class.ts";

/** Whether two plain values (as JSON.parse makes them) say the same; a key with the value undefined counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  for (const key of Object.keys(a)) if (!sameValue(a[key], own(b, key))) return false;
  for (const key of Object.keys(b)) if (b[key] !== undefined && own(a, key) === undefined) return false;
  return true;
}

/** What the object itself says: data may use names such as "constructor", which every object inherits. */
function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether two nodes say the same of themselves, wherever they stand. */
export function sameNode(a: TrafficNode, b: TrafficNode): boolean {
  return a === b || sameValue({ ...a, parent: 0 }, { ...b, parent: 0 });
}

/** Whether two edges say the same of themselves, whatever they join. */
export function sameEdge(a: TrafficEdge, b: TrafficEdge): boolean {
  return a === b || sameValue({ ...a, source: 0, target: 0 }, { ...b, source: 0, target: 0 });
}

export function sameClasses(a: readonly TrafficClass[], b: readonly TrafficClass[]): boolean {
  return a === b || sameValue(a, b);
}

export function sameNotices(a: readonly Notice[], b: readonly Notice[]): boolean {
  return a === b || sameValue(a, b);
}
