import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import type { NodeIndex } from "#domain/topology.ts";

import { tooLarge } from "./failure.ts";
import { at, placeText, quoted, type Place } from "./place.ts";
import { readName } from "./read-scalar.ts";
import type { ReadingContext } from "./reading-context.ts";

export interface ChildList {
  readonly items: readonly unknown[];
  readonly place: Place;
  /** Where the nodes stand in an object instead of a list, their keys: names for those that have none. */
  readonly names?: readonly string[];
}

/** `nodes`, or `clusters`, which is what it was called inside a service until 2017. */
export function childList(
  context: ReadingContext,
  raw: Record<string, unknown>,
  place: Place | undefined,
): ChildList | undefined {
  const nodes = listUnder(context, raw, "nodes", place);
  const clusters = raw["clusters"];
  if (clusters === undefined || clusters === null) return nodes;
  if (nodes !== undefined && nodes.items.length > 0) {
    context.report("dropped", at(place, "clusters"), () => "clusters beside nodes", "read only nodes");
    return nodes;
  }
  context.log.addOnce("clusters", () => ({
    kind: "note",
    place: placeText(at(place, "clusters")),
    found: "clusters instead of nodes",
    done: "read them as nodes, here and wherever else",
  }));
  return listUnder(context, raw, "clusters", place);
}

function listUnder(
  context: ReadingContext,
  raw: Record<string, unknown>,
  key: "nodes" | "clusters",
  above: Place | undefined,
): ChildList | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  const place = at(above, key);
  if (Array.isArray(value)) return { items: value, place };
  if (isJsonObject(value)) {
    context.report(
      "mended",
      place,
      () => `${key} is an object, not a list`,
      "took its keys for the nodes' names",
    );
    return { items: Object.values(value), place, names: Object.keys(value) };
  }
  context.report("dropped", place, () => `${key} is ${quoted(value)}, not a list`, "left it out");
  return undefined;
}

/** The name under which a child is read; undefined, after saying why, where it is left out. */
export function childName(
  context: ReadingContext,
  raw: unknown,
  key: string | undefined,
  taken: ReadonlyMap<string, NodeIndex>,
  place: Place,
): string | undefined {
  const leftOut = "left the node out, and what is inside it";
  if (!isJsonObject(raw)) {
    context.report("dropped", place, () => `a node is ${quoted(raw)}, not an object`, leftOut);
    return undefined;
  }
  const name = readName(raw["name"]) ?? readName(key);
  if (name === undefined) {
    context.report("dropped", at(place, "name"), () => `a node without a name`, leftOut);
    return undefined;
  }
  if (!isNameBearable(context, name.value, place)) return undefined;
  const namesake = taken.get(name.value);
  if (namesake !== undefined) {
    const found = () => `a second node called ${quoted(name.value)}`;
    context.report("dropped", place, found, leftOut, () => context.refOf(namesake));
    return undefined;
  }
  if (name.mended !== undefined) {
    context.report(
      "mended",
      at(place, "name"),
      () => `the name is ${quoted(raw["name"])}`,
      name.mended ?? "",
    );
  }
  return name.value;
}

/** False, after failing the whole reading, when the name is too long. */
export function isNameBearable(context: ReadingContext, name: string, place: Place | undefined): boolean {
  if (name.length <= limits.nameLength) return true;
  context.fail(tooLarge("nameLength", limits.nameLength, name.length, at(place, "name")));
  return false;
}
