import { isJsonObject } from "#base/json.ts";
import type { Sample } from "#formats/prometheus/sample.ts";

interface Known {
  readonly text: string;
  readonly labels: Sample["labels"];
  /** When it was asked for last. */
  poll: number;
  /** What was asked for after it. */
  next: Known | undefined;
}

/**
 * Labels that have been read before, by their text: from poll to poll they are the same, and only the values change. Mostly they also come in the same order: then it
 * is enough to compare. The same labels are the same object.
 */
export class LabelMemory {
  readonly #known = new Map<string, Known>();
  #last: Known | undefined;
  #poll = 0;

  /** The labels that a piece of a text of JSON says; undefined for what are none. */
  read(text: string, from: number, to: number): Sample["labels"] | undefined {
    const expected = this.#last?.next;
    const isExpected = expected?.text.length === to - from && text.startsWith(expected.text, from);
    const known = isExpected ? expected : this.#lookUp(text.slice(from, to));
    if (known === undefined) return undefined;
    if (this.#last !== undefined) this.#last.next = known;
    this.#last = known;
    known.poll = this.#poll;
    return known.labels;
  }

  /** Ends a poll: what has not been asked for in it is forgotten. */
  turn(): void {
    for (const [text, { poll }] of this.#known) if (poll < this.#poll) this.#known.delete(text);
    this.#poll += 1;
  }

  #lookUp(text: string): Known | undefined {
    const before = this.#known.get(text);
    if (before !== undefined) return before;
    const labels = readLabels(parsed(text));
    if (labels === undefined) return undefined;
    // A copy: a piece of a string keeps the whole of it alive.
    const copy = Buffer.from(text, "utf8").toString("utf8");
    const made = { text: copy, labels, poll: this.#poll, next: undefined };
    this.#known.set(copy, made);
    return made;
  }
}

/** Labels out of what was parsed; undefined for what are none. */
export function readLabels(metric: unknown): Sample["labels"] | undefined {
  if (!isJsonObject(metric)) return undefined;
  for (const name in metric) if (typeof metric[name] !== "string") return undefined;
  // Every value has been looked at; a copy per series would cost as much as reading it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return metric as Record<string, string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
