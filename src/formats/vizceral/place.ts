/**
 * Where in the input something stands. A chain of steps rather than a text, because nearly all places are never told to anybody.
 * `undefined` is the top of the file.
 */
export interface Place {
  readonly above: Place | undefined;
  readonly step: string | number;
}

export function at(above: Place | undefined, step: string | number): Place {
  return { above, step };
}

/** "nodes[1].connections[0].target"; keys that are no plain words stand in brackets and quotes. */
export function placeText(place: Place | undefined): string {
  const steps: (string | number)[] = [];
  for (let here = place; here !== undefined; here = here.above) steps.push(here.step);
  if (steps.length === 0) return "top level";
  return steps.toReversed().map(stepText).join("").replace(/^\./, "");
}

function stepText(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[\w$@-]{1,64}$/.test(step) ? `.${step}` : `[${quoted(step)}]`;
}

/** How much of a value a message shows. */
const shownLength = 80;

/** Any value as a message shows it: short, on one line, texts in quotes. */
export function quoted(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > shownLength ? `${value.slice(0, shownLength)}…` : value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}
