import { must } from "#base/assert.ts";
import type { Observation } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import type { PlannedQuery, Preset, PresetOptions, QueryPlan } from "#formats/prometheus/query-plan.ts";
import type { Sample } from "#formats/prometheus/sample.ts";
import { TrafficBook } from "#formats/prometheus/traffic-book.ts";

/** Options of a preset as a test usually wants them. */
export function presetOptions(changes: Partial<PresetOptions> = {}): PresetOptions {
  return {
    windowMs: 60_000,
    matchers: undefined,
    labels: new Map(),
    metricPrefix: "",
    externalRegionLabel: "region",
    hasLatency: true,
    hasNativeHistograms: false,
    hasCapacity: true,
    entries: /ingress/,
    statusLabel: undefined,
    regions: noRegionRule,
    statuses: {},
    ...changes,
  };
}

export function queryOf(plan: QueryPlan, name: string): PlannedQuery {
  return must(
    plan.queries.find((query) => query.name === name),
    `there is no query ${name}`,
  );
}

/** What a plan makes of answers, given by the names of their queries, in the order of the plan. */
export function observe(plan: QueryPlan, answers: Readonly<Record<string, readonly Sample[]>>): Observation {
  for (const name of Object.keys(answers)) queryOf(plan, name);
  const book = new TrafficBook();
  for (const query of plan.queries) for (const sample of answers[query.name] ?? []) query.read(sample, book);
  return book.finish(1000, 60_000, plan.isEntry);
}

export function observeWith(
  preset: Preset,
  answers: Readonly<Record<string, readonly Sample[]>>,
  changes: Partial<PresetOptions> = {},
): Observation {
  return observe(preset(presetOptions(changes)), answers);
}

/** An edge as a line: "us/shop/web -> us/shop/cart 1 0 2". */
export function edgeLines({ edges }: Observation): readonly string[] {
  return edges.map(({ from, to, rates }) => {
    const name = (end: typeof from) => {
      if (end.kind === "outside") return "outside";
      return [end.region ?? "?", ...(end.namespace === undefined ? [] : [end.namespace]), end.name].join("/");
    };
    return `${name(from)} -> ${name(to)} ${rates.normal} ${rates.warning} ${rates.danger}`;
  });
}
