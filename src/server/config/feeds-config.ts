import * as z from "zod";

import type { StatusRules } from "#domain/observed/classify.ts";
import type { ObservedCapacity } from "#domain/observed/observation.ts";
import type { RegionRule } from "#domain/observed/region-rule.ts";
import type { Threshold } from "#domain/observed/thresholds.ts";

import { partKinds } from "../sources/parts/part-kinds.ts";
import { capacitySchema, peaksSchema } from "./capacity-config.ts";
import { didYouMean } from "./nearest-name.ts";
import { thresholdsSchema } from "./thresholds-config.ts";

/** A feed that is put together from several sources. */
export interface FeedConfig {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly PartConfig[];
  readonly statuses: StatusRules;
  readonly thresholds?: readonly Threshold[];
  /** What services are known to bear. */
  readonly capacities?: readonly ObservedCapacity[];
  /** How far back recorded peaks count, where nothing else says what can be borne; 0: not at all. */
  readonly peaksOfMs?: number;
}

export interface PartConfig {
  readonly name: string;
  readonly kind: string;
  /** As the kind's own schema read it. */
  readonly settings: unknown;
  readonly regions: RegionRule;
}

const severity = z.enum(["normal", "warning", "danger"], "write normal, warning or danger");

const regions = z
  .strictObject({
    clusters: z.record(z.string(), z.string()).default({}),
    default: z.string().min(1).optional(),
  })
  .default({ clusters: {} });

type RegionsConfig = z.infer<typeof regions>;

const part = z
  .looseObject({
    kind: z.string("write which kind of source this is: kind: prometheus").transform((kind, context) => {
      if (Object.hasOwn(partKinds, kind)) return kind;
      const known = Object.keys(partKinds);
      context.addIssue(`there is no kind "${kind}";${didYouMean(kind, known)} there are ${known.join(", ")}`);
      return z.NEVER;
    }),
    name: z.string().min(1).max(64).optional(),
    regions: regions.optional(),
  })
  .transform(({ kind, name, regions: own, ...rest }, context) => {
    const read = partKinds[kind]?.schema.safeParse(rest);
    if (read?.success === true) return { kind, name, regions: own, settings: read.data };
    for (const issue of read?.error.issues ?? []) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      const message =
        keys.length > 0
          ? `there is no setting ${keys.map((key) => `"${key}"`).join(", ")} for a source of kind ${kind}`
          : issue.message;
      context.addIssue({ code: "custom", path: [...issue.path, ...keys.slice(0, 1)], message });
    }
    return z.NEVER;
  });

const feed = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,64}$/, "write a name of small letters, digits and dashes"),
    title: z.string().min(1).max(256).optional(),
    sources: z.array(part).min(1, "name at least one source"),
    regions,
    statuses: z
      .strictObject({
        http: z.record(z.string(), severity).default({}),
        grpc: z.record(z.string(), severity).default({}),
      })
      .default({ http: {}, grpc: {} }),
    thresholds: thresholdsSchema,
    capacity: capacitySchema,
    peaks: peaksSchema,
  })
  .transform((written): FeedConfig => {
    const { name, title, sources, regions: all, statuses, thresholds, capacity, peaks } = written;
    const taken = new Map<string, number>();
    return {
      name,
      title: title ?? name,
      statuses,
      thresholds,
      capacities: capacity,
      peaksOfMs: peaks,
      sources: sources.map(({ kind, name: own, regions: special, settings }) => {
        const count = (taken.get(own ?? kind) ?? 0) + 1;
        taken.set(own ?? kind, count);
        const unique = count === 1 ? (own ?? kind) : `${own ?? kind}-${count}`;
        return { kind, name: unique, settings, regions: ruleOf(special, all) };
      }),
    };
  });

/** What a source says of regions, and where it says nothing, what the feed says. */
function ruleOf(own: RegionsConfig | undefined, all: RegionsConfig): RegionRule {
  return {
    clusters: new Map([...Object.entries(all.clusters), ...Object.entries(own?.clusters ?? {})]),
    fallback: own?.default ?? all.default,
  };
}

export const feedsSchema = z.array(feed, 'write a list: "- name: shop"').superRefine((feeds, context) => {
  const names = new Set<string>();
  feeds.forEach(({ name }, index) => {
    if (names.has(name)) {
      context.addIssue({ code: "custom", path: [index, "name"], message: `another feed is called ${name}` });
    }
    names.add(name);
  });
});
