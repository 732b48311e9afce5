/** A bug, never an expected failure: nobody catches it but the one boundary at the top. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Spillway has a bug: ${message}`);
}

/** The value, which the surrounding code guarantees to exist. */
export function must<T>(value: T | undefined | null, what = "a value that must exist is missing"): T {
  if (value === undefined || value === null) throw new Error(`Spillway has a bug: ${what}`);
  return value;
}

/** Ends a switch over a tagged union; the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new Error(`Spillway has a bug: unexpected ${JSON.stringify(value)}`);
}
