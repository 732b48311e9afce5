import { isJsonObject } from "#base/json.ts";
import { err, ok } from "#base/result.ts";

import { sourceStates, type FeedSource, type FeedSources } from "./feed-sources.ts";
import { HttpJson, unreadable, type HttpOptions } from "./http-json.ts";

/** More than any feed is put together from. */
const mostSources = 1_000;
const mostCounts = 100;

/** The sources of the feeds of the page's server. */
export function httpFeedSources(options: HttpOptions): FeedSources {
  const http = new HttpJson(options);
  return {
    authorize: (token) => http.authorize(token),
    list: async (feed) => {
      const answer = await http.ask(`api/feeds/${encodeURIComponent(feed)}/sources`);
      if (!answer.ok) return answer;
      const list = isJsonObject(answer.value) ? answer.value["sources"] : undefined;
      return Array.isArray(list)
        ? ok(list.slice(0, mostSources).flatMap((raw) => readSource(raw)))
        : err(unreadable);
    },
  };
}

function readSource(raw: unknown): readonly FeedSource[] {
  if (!isJsonObject(raw)) return [];
  const { name, kind, state, at, windowMs, sampling, error, edges, problems, counts } = raw;
  const known = sourceStates.find((one) => one === state);
  if (typeof name !== "string" || typeof kind !== "string" || known === undefined) return [];
  return [
    {
      name,
      kind,
      state: known,
      at: numberIn(at),
      windowMs: numberIn(windowMs),
      sampling: numberIn(sampling),
      error: typeof error === "string" ? error : undefined,
      edges: numberIn(edges) ?? 0,
      problems: numberIn(problems) ?? 0,
      counts: Object.entries(isJsonObject(counts) ? counts : {})
        .slice(0, mostCounts)
        .flatMap(([what, count]) => (typeof count === "number" ? [[what, count] as const] : [])),
    },
  ];
}

function numberIn(raw: unknown): number | undefined {
  return typeof raw === "number" && Number.isFinite(raw) ? raw : undefined;
}
