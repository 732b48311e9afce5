import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { PlannedQuery, QueryPlan } from "#formats/prometheus/query-plan.ts";
import { TrafficBook } from "#formats/prometheus/traffic-book.ts";

import { pause } from "../../feed/run-source.ts";
import type { PartOptions, PastAsk, Report, SourcePart } from "../parts/source-part.ts";
import { httpClient } from "../outgoing/http-client.ts";
import { NoAnswer } from "../outgoing/no-answer.ts";
import { ofOtherForm, warned, withoutAnswer } from "./answer-problems.ts";
import { askAll } from "./ask-all.ts";
import { LabelMemory } from "./label-memory.ts";
import { readPast } from "./past.ts";
import { PrometheusApi } from "./prometheus-api.ts";
import type { PrometheusConfig } from "./prometheus-config.ts";
import { planOf } from "./query-plan.ts";
import { readAnswer, UnreadableAnswer, type AnswerHead } from "./read-answer.ts";
import { readSample } from "./read-series.ts";

/** Asks a Prometheus at regular moments what passes between services. */
export class PrometheusPart implements SourcePart {
  readonly kind = "prometheus";
  readonly name: string;
  readonly staleAfterMs: number;
  readonly #config: PrometheusConfig;
  readonly #plan: QueryPlan;
  readonly #clock: Clock;
  readonly #memory = new LabelMemory();
  #polls = 0;
  #series = 0;
  #queries = 0;

  constructor(config: PrometheusConfig, options: PartOptions) {
    this.name = options.name;
    this.staleAfterMs = 3 * config.everyMs;
    this.#config = config;
    this.#plan = planOf(config, options);
    this.#clock = options.clock;
  }

  counts(): Readonly<Record<string, number>> {
    return { polls: this.#polls, queries: this.#queries, "series read": this.#series };
  }

  async run(report: Report, outer: AbortSignal): Promise<void> {
    const { everyMs, delayMs } = this.#config;
    // Its own: each query listens to it, and the sources of a feed share one.
    const signal = AbortSignal.any([outer]);
    await this.#connected(async (api) => {
      while (!signal.aborted) {
        const began = this.#clock.now();
        const observation = await this.#observe(api, began - delayMs, signal);
        if (signal.aborted) return;
        this.#polls += 1;
        report({ kind: "observation", observation });
        await pause(this.#clock, everyMs - (this.#clock.now() - began), signal);
      }
    });
  }

  /**
   * What passes at a moment. An optional query that fails is told among the problems; one that the picture cannot be without throws.
   * @throws NoAnswer
   */
  async #observe(api: PrometheusApi, at: Millis, signal: AbortSignal): Promise<Observation> {
    const book = new TrafficBook();
    if (this.#config.http.isUnverified === true) book.odd("tls", () => unverified(this.#config));
    const ask = (query: PlannedQuery) => api.query(query.name, query.promql, at, signal);
    let fault: NoAnswer | undefined;
    for await (const { query, outcome } of askAll(this.#plan.queries, ask)) {
      this.#queries += 1;
      const failure = outcome.ok ? await this.#read(query, outcome.value, book) : outcome.error;
      if (failure === undefined) continue;
      if (!query.isOptional) fault ??= failure;
      else book.odd(`${query.name} failed`, () => withoutAnswer(query, failure));
    }
    this.#memory.turn();
    if (fault !== undefined) throw fault;
    return book.finish(at, this.#config.windowMs, this.#plan.isEntry);
  }

  async *past(ask: PastAsk): AsyncGenerator<Observation> {
    const { windowMs, url, http } = this.#config;
    const client = httpClient(http, this.#clock);
    try {
      const api = new PrometheusApi(url, client, http.timeoutMs);
      const signal = AbortSignal.any([ask.signal]);
      yield* readPast({ ...ask, signal }, { plan: this.#plan, api, windowMs });
    } finally {
      client.close();
    }
  }

  /** Does something with connections that are closed afterwards. */
  async #connected(work: (api: PrometheusApi) => Promise<void>): Promise<void> {
    const { url, http } = this.#config;
    const client = httpClient(http, this.#clock);
    try {
      await work(new PrometheusApi(url, client, http.timeoutMs));
    } finally {
      client.close();
    }
  }

  async #read(query: PlannedQuery, text: string, book: TrafficBook): Promise<NoAnswer | undefined> {
    let head: AnswerHead;
    try {
      head = await readAnswer(text, (raw) => {
        const sample = raw === undefined ? undefined : readSample(raw, this.#memory);
        if (sample === undefined) book.odd(`${query.name} form`, (count) => ofOtherForm(query, count));
        else query.read(sample, book);
      });
    } catch (error: unknown) {
      if (!(error instanceof UnreadableAnswer)) throw error;
      const place = this.#config.url.href;
      return new NoAnswer(
        `${place}: the answer to the query for ${query.name} is none of Prometheus' API: ${error.message}. Does url lead to Prometheus itself?`,
      );
    }
    this.#series += head.series;
    for (const warning of head.warnings) book.odd(`${query.name} ${warning}`, () => warned(query, warning));
    if (head.resultType !== "vector") book.odd(`${query.name} type`, () => ofOtherType(query, head));
    else if (head.series === 0 && !query.isOptional) book.odd(`${query.name} empty`, () => empty(query));
    return undefined;
  }
}

function unverified({ url }: PrometheusConfig): Diagnostic {
  return {
    kind: "note",
    place: url.href,
    found: "its certificate is not looked at (insecureSkipVerify)",
    done: "asked all the same; whoever stands between could change the answers. caFile: names the authority to trust",
  };
}

function ofOtherType(query: PlannedQuery, { resultType }: AnswerHead): Diagnostic {
  return {
    kind: "dropped",
    place: query.name,
    found: `the answer is a ${resultType}, not a vector of series`,
    done: "left out; write a query that yields one number for each series",
  };
}

function empty(query: PlannedQuery): Diagnostic {
  return {
    kind: "note",
    place: query.name,
    found: `no series answer the query ${query.promql}`,
    done: "showed no traffic of it; if there is some, look whether the metric is scraped, the labels are called so and the window spans two scrapes",
  };
}
