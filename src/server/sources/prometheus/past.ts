import { setImmediate } from "node:timers/promises";

import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { PlannedQuery, QueryPlan } from "#formats/prometheus/query-plan.ts";
import { TrafficBook } from "#formats/prometheus/traffic-book.ts";

import type { PastAsk } from "../parts/source-part.ts";
import { NoAnswer } from "../outgoing/no-answer.ts";
import { ofOtherForm, warned, withoutAnswer } from "./answer-problems.ts";
import { askAll } from "./ask-all.ts";
import type { PrometheusApi } from "./prometheus-api.ts";
import { readAnswer, UnreadableAnswer } from "./read-answer.ts";
import { readPoints, type SeriesPoints } from "./read-series.ts";

export interface PastOptions {
  readonly plan: QueryPlan;
  readonly api: PrometheusApi;
  readonly windowMs: number;
}

/** Moments of one range query. Prometheus refuses more than 11,000; so many hold the memory that ten thousand series need to some ten megabytes. */
const momentsAtOnce = 200;

/** What a query answered about a stretch of the past. */
interface Stretch {
  readonly query: PlannedQuery;
  readonly series: readonly (SeriesPoints & { next: number })[];
  readonly problems: readonly Diagnostic[];
}

/**
 * The past, moment by moment, asked for in stretches. Stretches whose answers are too large are halved.
 * @throws NoAnswer when a query that the picture cannot be without has no answer.
 */
export async function* readPast(ask: PastAsk, options: PastOptions): AsyncGenerator<Observation> {
  const { from, to, stepMs, signal } = ask;
  let moments = momentsAtOnce;
  for (let begin = from; begin <= to && !signal.aborted;) {
    const end = Math.min(to, begin + (moments - 1) * stepMs);
    let stretches: readonly Stretch[];
    try {
      stretches = await readStretch({ from: begin, to: end, stepMs }, options, signal);
    } catch (error: unknown) {
      if (!(error instanceof NoAnswer) || !error.isTooLarge || moments === 1) throw error;
      moments = Math.ceil(moments / 2);
      continue;
    }
    for (let at = begin; at <= end && !signal.aborted; at += stepMs) {
      yield momentOf(at, stretches, options);
      await setImmediate();
    }
    begin += Math.floor((end - begin) / stepMs + 1) * stepMs;
  }
}

async function readStretch(
  range: { readonly from: Millis; readonly to: Millis; readonly stepMs: number },
  { plan, api }: PastOptions,
  signal: AbortSignal,
): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  const ask = (query: PlannedQuery) => api.queryRange(query.name, query.promql, range, signal);
  // Every answer is waited for, also when one has failed: none is left running.
  let fault: NoAnswer | undefined;
  for await (const { query, outcome } of askAll(plan.queries, ask)) {
    const read = outcome.ok ? await readMatrix(query, outcome.value) : outcome.error;
    if (!(read instanceof NoAnswer)) stretches.push(read);
    else if (!query.isOptional || read.isTooLarge) fault ??= read;
    else stretches.push({ query, series: [], problems: [withoutAnswer(query, read)] });
  }
  if (fault !== undefined) throw fault;
  return stretches;
}

async function readMatrix(query: PlannedQuery, text: string): Promise<Stretch | NoAnswer> {
  const series: (SeriesPoints & { next: number })[] = [];
  let unread = 0;
  try {
    const head = await readAnswer(text, (raw) => {
      const points = raw === undefined ? undefined : readPoints(raw);
      if (points === undefined) unread += 1;
      else series.push({ ...points, next: 0 });
    });
    const problems = head.warnings.map((warning): Diagnostic => warned(query, warning));
    return { query, series, problems: unread === 0 ? problems : [...problems, ofOtherForm(query, unread)] };
  } catch (error: unknown) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    return new NoAnswer(
      `The answer to the query for ${query.name} is none of Prometheus' API: ${error.message}.`,
    );
  }
}

/** What all the answers say about one moment. Moments are asked for in ascending order. */
function momentOf(at: Millis, stretches: readonly Stretch[], { plan, windowMs }: PastOptions): Observation {
  const book = new TrafficBook();
  for (const { query, series, problems } of stretches) {
    for (const [index, problem] of problems.entries()) book.odd(`${query.name} ${index}`, () => problem);
    for (const one of series) {
      while ((one.points[one.next]?.at ?? Infinity) < Math.round(at)) one.next += 1;
      const point = one.points[one.next];
      if (point !== undefined && point.at === Math.round(at))
        query.read({ labels: one.labels, value: point.value }, book);
    }
  }
  return book.finish(at, windowMs, plan.isEntry);
}
