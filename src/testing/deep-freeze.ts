/**
 * Freezes a value and all that is in it, as far as JavaScript can: the numbers of a typed array stay writable, so that tests compare these with a copy.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (ArrayBuffer.isView(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
