import { must } from "#base/assert.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Emit, TrafficSource } from "#server/sources/traffic-source.ts";

import { turns } from "./turns.ts";

/** A source that emits what a test hands to it. */
export class HandFedSource implements TrafficSource {
  readonly title = "by hand";
  readonly intervalMs = 1000;
  readonly isMadeUp: boolean;
  /** How often it was run. */
  runs = 0;
  #emit: Emit | undefined;
  #finish: ((error?: Error) => void) | undefined;

  constructor(isMadeUp = false) {
    this.isMadeUp = isMadeUp;
  }

  run(emit: Emit, signal: AbortSignal): Promise<void> {
    this.runs += 1;
    this.#emit = emit;
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      this.#finish = (error) => (error === undefined ? resolve() : reject(error));
    });
  }

  /** Emits, and resolves when the feed has had the time to publish it. */
  async emit(snapshot: TrafficSnapshot, problems: readonly Diagnostic[] = []): Promise<void> {
    must(this.#emit)(snapshot, problems);
    await turns();
  }

  /** Makes `run` reject, or resolve when there is no error. */
  async finish(error?: Error): Promise<void> {
    must(this.#finish)(error);
    await turns();
  }
}
