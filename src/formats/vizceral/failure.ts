import type { limits } from "#domain/limits.ts";

import { placeText, type Place } from "./place.ts";

/** Why nothing can be drawn. `message` is a sentence for a person: what, where, and what to do. */
export type VizceralFailure =
  | {
      readonly kind: "not-json";
      readonly message: string;
      /** Both count from 1. */
      readonly line: number;
      readonly column: number;
      /** The faulty line and a mark below the column; two lines of plain text. */
      readonly excerpt: string;
    }
  | { readonly kind: "not-traffic"; readonly message: string }
  | { readonly kind: "no-nodes"; readonly message: string }
  | {
      readonly kind: "too-large";
      readonly message: string;
      readonly bound: keyof typeof limits;
      readonly limit: number;
      /** At least so many; counting stops where the bound is passed. */
      readonly found: number;
      readonly place: string;
    };

const boundNames: Readonly<Record<"nodes" | "edges" | "depth" | "nameLength", string>> = {
  nodes: "nodes",
  edges: "connections",
  depth: "levels of nodes",
  nameLength: "characters in a name",
};

export function tooLarge(
  bound: keyof typeof boundNames,
  limit: number,
  found: number,
  place: Place | undefined,
): VizceralFailure {
  const where = placeText(place);
  return {
    kind: "too-large",
    bound,
    limit,
    found,
    place: where,
    message: `Too many ${boundNames[bound]}: ${count(found)} at ${where}, where at most ${count(limit)} can be drawn. Leave some out, or split the file.`,
  };
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
