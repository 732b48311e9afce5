import * as z from "zod";

import type {
  Connection,
  ConnectionNotice,
  EndMapping,
  NameMapping,
  NodeNotice,
  Thresholds,
} from "#formats/prometheus/free-mapping.ts";
import { readGoRegexp } from "#formats/prometheus/go-regexp.ts";

/** A regular expression, as Go's tools write it. */
export const regexp = z.string().transform((raw, context) => {
  const read = readGoRegexp(raw);
  if (read.ok) return read.value;
  context.addIssue(read.error);
  return z.NEVER;
});

const nameKeys = {
  label: z.string().min(1).optional(),
  regex: regexp.optional(),
  replacement: z.string().optional(),
  prefix: z.string().default(""),
  suffix: z.string().default(""),
};

interface RawName {
  readonly label?: string | undefined;
  readonly regex?: RegExp | undefined;
  readonly replacement?: string | undefined;
  readonly prefix: string;
  readonly suffix: string;
}

/** The whole of the label, as in promviz, unless something else is said. */
function nameMapping({ label, regex = /(.*)/s, replacement = "$1", prefix, suffix }: RawName): NameMapping {
  return { label, regex, replacement, prefix, suffix };
}

function hasName({ label, replacement }: RawName): boolean {
  return label !== undefined || (replacement !== undefined && replacement !== "");
}

const noName = "write the label that holds the name (label: NAME), or the name itself (replacement: NAME)";

const name = z.strictObject(nameKeys).refine(hasName, noName).transform(nameMapping);

/** A text stands for itself: region: us-east-1. */
const nameOrText = z.union(
  [
    z
      .string()
      .min(1)
      .transform((replacement) => nameMapping({ replacement, prefix: "", suffix: "" })),
    name,
  ],
  noName,
);

const end = z
  .strictObject({
    ...nameKeys,
    class: z.string().optional(),
    level: z.enum(["service", "region"], "write service or region").default("service"),
    region: nameOrText.optional(),
    namespace: nameOrText.optional(),
  })
  .refine(hasName, noName)
  .transform(({ class: type, level, region, namespace, ...raw }): EndMapping => ({
    ...nameMapping(raw),
    class: type,
    isRegion: level === "region",
    region,
    namespace,
  }));

const thresholds = z
  .strictObject({
    info: z.number().optional(),
    warning: z.number().optional(),
    error: z.number().optional(),
  })
  .transform((raw): Thresholds => raw);

const link = z
  .string()
  .regex(/^https?:\/\//, "a link begins with http:// or https://")
  .optional();

const connectionNotice = z
  .strictObject({
    name: z.string().optional(),
    title: z.string().min(1),
    subtitle: z.string().optional(),
    link,
    statusType: z.enum(["warning", "danger"], "write warning or danger"),
    severityThreshold: thresholds,
  })
  .transform(({ title, subtitle, link: to, statusType, severityThreshold }): ConnectionNotice => ({
    title,
    subtitle,
    link: to,
    statusType,
    thresholds: severityThreshold,
  }));

const promql = z.string().trim().min(1, "write a query in PromQL");

const connection = z
  .strictObject({
    name: z.string().min(1).optional(),
    query: promql,
    source: end,
    target: end,
    region: nameOrText.optional(),
    status: z
      .strictObject({
        label: z.string().min(1),
        warningRegex: regexp.optional(),
        dangerRegex: regexp.optional(),
      })
      .optional(),
    notices: z.array(connectionNotice).default([]),
    latency: z
      .strictObject({ p50: promql.optional(), p95: promql.optional(), p99: promql.optional() })
      .default({}),
    protocol: z.string().optional(),
  })
  .transform(
    ({
      region,
      source,
      target,
      latency,
      ...rest
    }): Omit<Connection, "name"> & { name?: string | undefined } => ({
      ...rest,
      source: { ...source, region: source.region ?? region },
      target: { ...target, region: target.region ?? region },
      latency: {
        ...(latency.p50 === undefined ? {} : { p50: latency.p50 }),
        ...(latency.p95 === undefined ? {} : { p95: latency.p95 }),
        ...(latency.p99 === undefined ? {} : { p99: latency.p99 }),
      },
    }),
  );

/** Connections by promviz's words; those without a name are numbered. */
export const connectionsSchema = z
  .array(connection)
  .min(1, "name at least one connection")
  .transform((all): readonly Connection[] =>
    all.map(({ name: own, ...rest }, index) => ({ ...rest, name: own ?? `connection ${index + 1}` })),
  )
  .superRefine((all, context) => {
    const names = new Set<string>();
    for (const [index, { name: own }] of all.entries()) {
      if (names.has(own))
        context.addIssue({ code: "custom", path: [index, "name"], message: `another one is called ${own}` });
      names.add(own);
    }
  });

export const nodeNoticesSchema = z.array(
  z
    .strictObject({
      name: z.string().optional(),
      title: z.string().min(1),
      subtitle: z.string().optional(),
      link,
      query: promql,
      node: end,
      severityThreshold: thresholds,
    })
    .transform(({ title, subtitle, link: to, query, node, severityThreshold }): NodeNotice => ({
      title,
      subtitle,
      link: to,
      query,
      node,
      thresholds: severityThreshold,
    })),
);
