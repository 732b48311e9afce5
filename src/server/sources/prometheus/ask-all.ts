import { err, ok, type Result } from "#base/result.ts";
import type { PlannedQuery } from "#formats/prometheus/query-plan.ts";

import { NoAnswer } from "../outgoing/no-answer.ts";

export interface Asked {
  readonly query: PlannedQuery;
  /** The body of the answer. */
  readonly outcome: Result<string, NoAnswer>;
}

/** A Prometheus has other things to do. */
const greatestAtOnce = 4;

/** Asks several queries at a time and hands the answers on in the order of the queries: some are needed to read those after them. */
export async function* askAll(
  queries: readonly PlannedQuery[],
  ask: (query: PlannedQuery) => Promise<string>,
): AsyncGenerator<Asked> {
  const running: Promise<Asked>[] = [];
  let next = 0;
  const begin = (): void => {
    const query = queries[next];
    next += 1;
    if (query !== undefined) running.push(askOne(query, ask));
  };
  for (let i = 0; i < greatestAtOnce; i += 1) begin();
  for (let one = running.shift(); one !== undefined; one = running.shift()) {
    const asked = await one;
    begin();
    yield asked;
  }
}

async function askOne(query: PlannedQuery, ask: (query: PlannedQuery) => Promise<string>): Promise<Asked> {
  try {
    return { query, outcome: ok(await ask(query)) };
  } catch (error: unknown) {
    if (error instanceof NoAnswer) return { query, outcome: err(error) };
    throw error;
  }
}
