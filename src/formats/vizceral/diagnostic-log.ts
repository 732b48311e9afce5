import type { Diagnostic } from "#domain/diagnostic.ts";

/** Collects what was odd. All of it is counted; only the first `limit` are kept as texts, so that a broken file costs no more than a good one. */
export class DiagnosticLog {
  readonly #limit: number;
  readonly #listed: Diagnostic[] = [];
  readonly #said = new Set<string>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** `make` runs only when its diagnostic will be listed. */
  add(make: () => Diagnostic): void {
    this.#total += 1;
    if (this.#total <= this.#limit) this.#listed.push(make());
  }

  /** For what is the same all over a file: only the first one under this key counts. */
  addOnce(key: string, make: () => Diagnostic): void {
    if (this.#said.has(key) || this.#said.size >= this.#limit) return;
    this.#said.add(key);
    this.add(make);
  }

  /** What was listed, and at the end how many more there were. */
  list(): readonly Diagnostic[] {
    const more = this.#total - this.#listed.length;
    if (more === 0) return this.#listed;
    return [
      ...this.#listed,
      {
        kind: "note",
        place: "top level",
        found: `${more.toLocaleString("en-US")} more oddities beside the ${this.#limit.toLocaleString("en-US")} listed`,
        done: "treated them alike, without listing them",
      },
    ];
  }
}
