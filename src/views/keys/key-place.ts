import type { KeyPlace } from "./command-for-key.ts";

/** Elements in which typing means text, or which have keys of their own for everything. */
const inputs =
  'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]';

const controls =
  'button, a[href], input, summary, [role="grid"], [role="listbox"], [role="slider"], [role="row"]';

/** Marks the element that stands for the picture: there, every key is the picture's. */
export const pictureMark = "data-picture-keys";

/** What has the keyboard, by the element that a key event goes to. */
export function keyPlace(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "picture";
  if (target.closest(`[${pictureMark}]`) !== null) return "picture";
  if (target.closest(inputs) !== null) return "input";
  return target.closest(controls) === null ? "picture" : "control";
}
