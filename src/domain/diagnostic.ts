import type { ItemRef } from "./node-path.ts";

/**
 * Something odd in data from outside, for a person to read: what was found where, and what was done about it. Readers return these; they
 * never throw for odd data and never drop anything without one.
 */
export interface Diagnostic {
  /** `note`: read as meant. `mended`: read, but changed. `dropped`: left out. */
  readonly kind: "note" | "mended" | "dropped";
  /** Where in the input: "nodes[1].connections[0].target". */
  readonly place: string;
  /** What was found there, with the offending value: 'target "proxy-prod" is not among the nodes of us-east-1'. */
  readonly found: string;
  /** What was done about it: "left the connection out". */
  readonly done: string;
  /** The node or edge on screen that it concerns, as far as there is one. */
  readonly about?: ItemRef;
}
