import { isJsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";

import type { HttpAnswer, HttpClient } from "../outgoing/http-client.ts";
import { NoAnswer } from "../outgoing/no-answer.ts";

/** The HTTP API of Prometheus, and of what speaks it too: Thanos, Mimir, VictoriaMetrics. */
export class PrometheusApi {
  readonly #base: URL;
  readonly #http: HttpClient;
  readonly #timeoutMs: number;

  /** `base` is what stands before /api/v1, and ends in a slash. */
  constructor(base: URL, http: HttpClient, timeoutMs: number) {
    this.#base = base;
    this.#http = http;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The answer's text for a query at a moment. `name` tells it to people.
   * @throws NoAnswer, with the place and the remedy.
   */
  query(name: string, promql: string, at: Millis, signal: AbortSignal): Promise<string> {
    return this.#ask("query", name, { query: promql, time: seconds(at) }, signal);
  }

  /** The same over a range of time, both ends included. */
  queryRange(
    name: string,
    promql: string,
    { from, to, stepMs }: { readonly from: Millis; readonly to: Millis; readonly stepMs: number },
    signal: AbortSignal,
  ): Promise<string> {
    const range = { start: seconds(from), end: seconds(to), step: seconds(stepMs) };
    return this.#ask("query_range", name, { query: promql, ...range }, signal);
  }

  async #ask(
    endpoint: string,
    name: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string> {
    const url = new URL(`api/v1/${endpoint}`, this.#base);
    const form = new URLSearchParams({ ...parameters, timeout: `${Math.ceil(this.#timeoutMs / 1000)}s` });
    const answer = await this.#http.ask(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
      signal,
    });
    if (answer.status === 200) return answer.text;
    throw new NoAnswer(`${url.origin}${url.pathname}: ${whyRefused(answer, name)}`, isTooMuch(answer));
  }
}

/** Why Prometheus, or what stands before it, said no. */
function whyRefused(answer: HttpAnswer, name: string): string {
  const { status } = answer;
  const { errorType, error } = refusal(answer);
  const said = error === undefined ? "" : `: ${error.slice(0, 500)}`;
  if (status === 401 || status === 403) {
    return `it wants other credentials (${status})${said}. Look at basic: or bearer:, and at the tenant's header where there is one.`;
  }
  if (status === 404)
    return "there is no such API (404). url is the address before /api/v1, with its path if it has one.";
  if (status === 429) return `too many queries (429)${said}. Ask more rarely (interval:).`;
  if (errorType !== undefined)
    return `the query for ${name} was refused (${status}, ${errorType})${said}.${remedies[errorType] ?? ""}`;
  return `it answered ${status}${said === "" ? firstWords(answer) : said}.`;
}

const remedies: Readonly<Record<string, string>> = {
  bad_data: " Look at matchers:, labels: and the queries that you wrote.",
  timeout: " Ask for less (matchers:, window:).",
  execution: " Ask for less (matchers:, window:).",
  unavailable: " It is asked again soon.",
};

function refusal({ text }: HttpAnswer): { readonly errorType?: string; readonly error?: string } {
  if (text.length > 2 ** 20) return {};
  try {
    const content: unknown = JSON.parse(text);
    if (!isJsonObject(content)) return {};
    const { errorType, error } = content;
    return {
      ...(typeof errorType === "string" ? { errorType } : {}),
      ...(typeof error === "string" ? { error } : {}),
    };
  } catch {
    return {};
  }
}

/** Of an answer that is no JSON: often a proxy's. */
function firstWords({ text, headers }: HttpAnswer): string {
  const words = text.slice(0, 200).replaceAll(/\s+/g, " ").trim();
  return words === "" || String(headers["content-type"]).includes("html") ? "" : `: ${words}`;
}

/** Whether Prometheus said that it would have to look at too many samples. */
function isTooMuch(answer: HttpAnswer): boolean {
  return /too many samples|exceeded maximum resolution|too large/i.test(refusal(answer).error ?? "");
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
