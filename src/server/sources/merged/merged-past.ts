import { inTurns } from "#base/slices.ts";
import type { Millis } from "#base/time.ts";
import { linger, type Lingering } from "#domain/linger.ts";
import { mergeInSlices, type MergeInput } from "#domain/observed/merge-reports.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";

import type { PastAsk, SourcePart } from "../parts/source-part.ts";

export interface MergedPastOptions {
  readonly title: string;
  /** In the order in which they are believed; those that cannot be asked for the past are left out. */
  readonly parts: readonly SourcePart[];
  /** As of the present: how long an edge stays that has fallen silent. */
  readonly lingerMs: number;
  /** Lets others have a turn. */
  readonly turn: () => Promise<void>;
}

/**
 * What several systems know of the past, as one graph for each moment of it, in ascending order. Moments at which none of them saw an edge are left out until there
 * has been one.
 * @throws when a part cannot be asked.
 */
export async function* mergedPast(options: MergedPastOptions, ask: PastAsk): AsyncGenerator<TrafficSnapshot> {
  const { title, parts, lingerMs, turn } = options;
  const readers = parts.flatMap((part) => {
    const past = part.past?.(ask);
    return past === undefined ? [] : [new PastReader(part.name, past)];
  });
  let before: Topology | undefined;
  let lingering: Lingering | undefined;
  try {
    for (let at = ask.from; at <= ask.to && !ask.signal.aborted; at += ask.stepMs) {
      const inputs: MergeInput[] = [];
      for (const reader of readers) {
        const observation = await reader.at(at);
        if (observation !== undefined)
          inputs.push({ source: reader.name, report: { kind: "observation", observation }, isStale: false });
      }
      const isEmpty = inputs.every(
        ({ report }) => report.kind === "observation" && report.observation.edges.length === 0,
      );
      if (isEmpty && lingering === undefined) continue;
      const { snapshot } = await inTurns(mergeInSlices(inputs, { at, title, before }), turn);
      before = snapshot.topology;
      lingering = linger(lingering, snapshot, lingerMs);
      yield lingering.snapshot;
    }
  } finally {
    for (const reader of readers) await reader.close();
  }
}

/** The past of one part, read along with that of the others. */
class PastReader {
  readonly name: string;
  readonly #past: AsyncIterator<Observation>;
  #next: Observation | undefined;
  #isDone = false;

  constructor(name: string, past: AsyncIterable<Observation>) {
    this.name = name;
    this.#past = past[Symbol.asyncIterator]();
  }

  /** What it saw at a moment; moments are asked for in ascending order. */
  async at(moment: Millis): Promise<Observation | undefined> {
    while (!this.#isDone && (this.#next === undefined || this.#next.at < moment)) {
      const next = await this.#past.next();
      this.#isDone = next.done === true;
      this.#next = next.done === true ? undefined : next.value;
    }
    return this.#next?.at === moment ? this.#next : undefined;
  }

  async close(): Promise<void> {
    await this.#past.return?.();
  }
}
