import * as z from "zod";

import { isLoopback } from "../../access/origin.ts";
import { mayDo } from "../../access/tokens.ts";
import { tokens } from "../../config/token-setting.ts";
import { number, size, time } from "../../config/values.ts";
import type { PartKind } from "../parts/source-part.ts";
import { OtlpPart } from "./otlp-part.ts";

const mib = 2 ** 20;

/** 64 MiB is what the specification recommends as the most. */
const greatestBody = 64 * mib;

const schema = z
  .strictObject({
    host: z.string().min(1).default("127.0.0.1"),
    port: number(0, 65_535, true).default(4318),
    tokens: tokens.default([]),
    maxBody: size.default(16 * mib).refine((bytes) => bytes <= greatestBody, "write a size of at most 64MiB"),
    maxPending: number(1_000, 1_000_000, true).default(100_000),
    ttl: time(1_000, 60_000).default(10_000),
    window: time(1_000, 600_000).default(10_000),
    namespace: z.enum(["service", "k8s", "none"], "write service, k8s or none").default("service"),
    samplingKey: z.string().min(1).max(256).default("sampling.ratio"),
  })
  .superRefine(({ host, tokens: entries }, context) => {
    const isLocal = host === "localhost" || isLoopback(host);
    if (!isLocal && !entries.some(({ role }) => mayDo(role, "push"))) {
      const message = `whoever reaches ${host} could send traffic: add tokens: ["pusher:SECRET"] (spillway token pusher makes one)`;
      context.addIssue({ code: "custom", path: ["host"], message });
    }
  });

export type OtlpConfig = z.infer<typeof schema>;

/** Spans of OpenTelemetry, as programs and collectors send them: OTLP/HTTP. */
export const otlpKind: PartKind<OtlpConfig> = {
  schema,
  open: (config, options) => new OtlpPart(config, options),
};
