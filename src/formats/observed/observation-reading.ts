import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { limits } from "#domain/limits.ts";
import type { StatusRules } from "#domain/observed/classify.ts";
import type { Observation, ObservedEdge } from "#domain/observed/observation.ts";
import type { RegionRule } from "#domain/observed/region-rule.ts";

import { DiagnosticLog } from "../vizceral/diagnostic-log.ts";
import { placeText, quoted, type Place } from "../vizceral/place.ts";
import { readName, readNumber } from "../vizceral/read-scalar.ts";

/** What a reader of another system's document has to know beside the document. */
export interface ObservationOptions {
  /** End of the window, where the document does not say. */
  readonly now: Millis;
  /** How long a time the document counts, where it does not say; undefined: nobody knows. */
  readonly windowMs?: number | undefined;
  readonly regions: RegionRule;
  readonly statuses: StatusRules;
  /** How many oddities are listed before the rest is only counted; 200 unless given. */
  readonly diagnosticLimit?: number | undefined;
}

/** What has been read so far of another system's document. Total: whatever the document holds, nothing here throws. */
export class ObservationReading {
  readonly options: ObservationOptions;
  readonly #log: DiagnosticLog;
  readonly #edges: ObservedEdge[] = [];

  constructor(options: ObservationOptions) {
    this.options = options;
    this.#log = new DiagnosticLog(options.diagnosticLimit ?? 200);
  }

  report(
    kind: Diagnostic["kind"],
    place: Place | undefined,
    found: string | (() => string),
    done: string,
  ): void {
    this.#log.add(() => {
      const text = typeof found === "string" ? found : found();
      return { kind, place: placeText(place), found: text, done };
    });
  }

  /** For what is the same all over a document. */
  reportOnce(kind: Diagnostic["kind"], place: Place | undefined, found: string, done: string): void {
    this.#log.addOnce(found, () => ({ kind, place: placeText(place), found, done }));
  }

  add(edge: ObservedEdge, place: Place | undefined): void {
    if (this.#edges.length < limits.edges) this.#edges.push(edge);
    else {
      const bound = limits.edges.toLocaleString("en-US");
      this.report("dropped", place, () => `an edge beyond the ${bound} that are read`, "left it out");
    }
  }

  /** A name, or undefined when there is none that may be shown; which is told as left out. */
  name(raw: unknown, place: Place | undefined, what: string): string | undefined {
    const name = readName(raw);
    if (name === undefined) {
      this.report("dropped", place, () => `${quoted(raw)} is no name of ${what}`, "left it out");
    } else if (name.value.length > limits.nameLength) {
      const found = () => `the name of ${what} has ${name.value.length} characters: ${quoted(name.value)}`;
      this.report("dropped", place, found, `left it out; a name has at most ${limits.nameLength}`);
      return undefined;
    } else if (name.mended !== undefined) {
      const { mended } = name;
      this.report("mended", place, () => `the name of ${what} is ${quoted(raw)}`, mended);
    }
    return name?.value;
  }

  /** A count or rate: 0 where it is missing, and, told as mended, where it is negative or no number. */
  amount(raw: unknown, place: Place | undefined): number {
    if (raw === undefined || raw === null) return 0;
    const number = readNumber(raw);
    if (number !== undefined && number.value >= 0) return number.value;
    this.report("mended", place, () => `${quoted(raw)} is no count`, "took 0 for it");
    return 0;
  }

  finish(at: Millis, windowMs: number): Observation {
    const problems = this.#log.list();
    return { at, windowMs, edges: this.#edges, notices: [], capacities: [], problems };
  }
}
