import { err, type Err } from "#base/result.ts";

/** A message that does not say what its kind must say. */
export interface Malformed {
  readonly kind: "malformed";
  /** "delta", "snapshot" ... */
  readonly message: string;
  /** Where and what: 'nodes[3].parent: a whole number from 0 to 2 is needed'. */
  readonly what: string;
}

export function malformed(message: string, what: string): Err<Malformed> {
  return err({ kind: "malformed", message, what });
}
