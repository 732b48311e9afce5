import { isJsonObject } from "#base/json.ts";
import type { ItemRef } from "#domain/node-path.ts";

import { otherClass } from "./class-table.ts";
import { at, placeText, quoted, type Place } from "./place.ts";
import { greatestNumber, readName, readNumber } from "./read-scalar.ts";
import type { ClassRates, ReadingContext } from "./reading-context.ts";

/** Reads `metrics`: {class: requests per second}. Undefined where it says nothing that can be used. */
export function readRates(
  context: ReadingContext,
  raw: unknown,
  place: Place,
  about: () => ItemRef,
): ClassRates | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (!isJsonObject(raw)) {
    context.report("dropped", place, () => `metrics is ${quoted(raw)}, not an object`, "left it out", about);
    return undefined;
  }
  let rates: ClassRates | undefined;
  for (const name of Object.keys(raw)) {
    const rate = readRate(context, raw[name], at(place, name), about);
    if (rate === undefined) continue;
    const index = classPosition(context, name, place);
    rates ??= [];
    rates[index] = Math.min((rates[index] ?? 0) + rate, greatestNumber);
  }
  return rates;
}

function classPosition(context: ReadingContext, name: string, place: Place): number {
  const { index, isFolded } = context.classes.position(readName(name)?.value ?? "");
  if (isFolded) {
    context.log.addOnce(`folded ${name}`, () => ({
      kind: "mended",
      place: placeText(at(place, name)),
      found: name.trim() === "" ? "a class without a name" : `the class ${quoted(name)} is one too many`,
      done: `counted it as "${otherClass}", here and wherever else`,
    }));
  }
  return index;
}

function readRate(
  context: ReadingContext,
  raw: unknown,
  place: Place,
  about: () => ItemRef,
): number | undefined {
  if (raw === null || raw === undefined) return undefined;
  const read = readNumber(raw);
  if (read === undefined) {
    context.report("dropped", place, () => `the rate is ${quoted(raw)}, not a number`, "left it out", about);
    return undefined;
  }
  if (read.value < 0) {
    context.report("mended", place, () => `the rate is ${quoted(raw)}, below 0`, "read it as 0", about);
    return 0;
  }
  const { mended } = read;
  if (mended !== undefined) {
    context.report("mended", place, () => `the rate is ${quoted(raw)}`, mended, about);
  }
  return read.value;
}
