import { isJsonObject } from "#base/json.ts";
import type { Sample } from "#formats/prometheus/sample.ts";

/**
 * Labels that have been read before, by their text: from poll to poll they are the same, and only the values change. To look a text up takes a tenth of the time of
 * reading it, and the same labels are the same object.
 */
export class LabelMemory {
  readonly #known = new Map<string, { readonly labels: Sample["labels"]; poll: number }>();
  #poll = 0;

  /** The labels that a text of JSON says; undefined for what are none. */
  read(text: string): Sample["labels"] | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) {
      known.poll = this.#poll;
      return known.labels;
    }
    const labels = readLabels(parsed(text));
    // A copy of the text: a piece of a string keeps the whole of it alive.
    if (labels !== undefined)
      this.#known.set(Buffer.from(text, "utf8").toString("utf8"), { labels, poll: this.#poll });
    return labels;
  }

  /** Ends a poll: what has not been asked for in it is forgotten. */
  turn(): void {
    for (const [text, { poll }] of this.#known) if (poll < this.#poll) this.#known.delete(text);
    this.#poll += 1;
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
