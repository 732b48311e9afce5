import { isJsonObject, type JsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import type { NoticeTarget } from "#domain/notice.ts";

import { at } from "./place.ts";
import { readText, type Scalar } from "./read-scalar.ts";
import type { RawItem, ReadingContext } from "./reading-context.ts";

/** Notes the class that a node or connection declares, to be looked up when all classes are known. */
export function readDeclaredClass(context: ReadingContext, item: RawItem, target: NoticeTarget): void {
  const name = context.optional(item, "class", readClassName, "the name of a class");
  if (name !== undefined)
    context.declared.push({ target, name, place: at(item.place, "class"), about: item.about });
}

/** A copy of `metadata`; undefined when there is nothing in it. */
export function readMetadata(context: ReadingContext, item: RawItem): JsonObject | undefined {
  const copy = (value: unknown) =>
    isJsonObject(value) ? { value: context.extras.keep(value, at(item.place, "metadata")) } : undefined;
  return context.optional(item, "metadata", copy, "an object");
}

function readClassName(value: unknown): Scalar<string> | undefined {
  return readText(value, limits.nameLength);
}
