import { isJsonObject, type JsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";

/** Thrown by the guards below and caught by the decoder that uses them; it never leaves this folder. */
export class GuardError extends Error {}

/** Texts that are not names may be longer (limits.nameLength says by how much). */
const textLength = limits.nameLength * 4;

export function refuse(place: string, needed: string): never {
  throw new GuardError(`${place}: ${needed} is needed`);
}

export function record(raw: unknown, place: string): Record<string, unknown> {
  return isJsonObject(raw) ? raw : refuse(place, "an object");
}

export function list(raw: unknown, greatest: number, place: string): readonly unknown[] {
  if (!Array.isArray(raw) || raw.length > greatest) return refuse(place, `a list of at most ${greatest}`);
  return raw;
}

/** Reads each item of a list. Places are put together only when something is wrong: there are many items and few errors. */
export function listOf<T>(
  raw: unknown,
  greatest: number,
  place: string,
  read: (item: Record<string, unknown>) => T,
): readonly T[] {
  let at = 0;
  try {
    return list(raw, greatest, "").map((item, i) => {
      at = i;
      return read(record(item, ""));
    });
  } catch (error: unknown) {
    if (!(error instanceof GuardError)) throw error;
    const isItem = Array.isArray(raw) && raw.length <= greatest;
    const field = error.message.startsWith(":") ? error.message : `.${error.message}`;
    throw new GuardError(isItem ? `${place}[${at}]${field}` : `${place}${error.message}`, { cause: error });
  }
}

export function finite(raw: unknown, place: string): number {
  return typeof raw === "number" && Number.isFinite(raw) ? raw : refuse(place, "a number");
}

export function whole(raw: unknown, least: number, greatest: number, place: string): number {
  if (typeof raw === "number" && Number.isInteger(raw) && raw >= least && raw <= greatest) return raw;
  return refuse(place, `a whole number from ${least} to ${greatest}`);
}

export function text(raw: unknown, place: string): string {
  return typeof raw === "string" && raw.length <= textLength
    ? raw
    : refuse(place, `a text of at most ${textLength} characters`);
}

export function optional<T>(
  raw: unknown,
  place: string,
  read: (raw: unknown, place: string) => T,
): T | undefined {
  return raw === undefined ? undefined : read(raw, place);
}

export function oneOf<T extends string>(raw: unknown, allowed: readonly T[], place: string): T {
  return allowed.find((item) => item === raw) ?? refuse(place, allowed.join(" or "));
}

export function flag(raw: unknown, place: string): boolean {
  return typeof raw === "boolean" ? raw : refuse(place, "true or false");
}

export function jsonObject(raw: unknown, place: string): JsonObject {
  return isJson(raw, limits.depth) && isJsonObject(raw) ? raw : refuse(place, "an object of JSON");
}

function isJson(raw: unknown, depth: number): raw is JsonObject {
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean")
    return true;
  if (depth === 0 || typeof raw !== "object") return false;
  return Object.values(raw).every((item) => isJson(item, depth - 1));
}
