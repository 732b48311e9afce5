import { alertmanagerKind } from "../alertmanager/alerts-part.ts";
import { otlpKind } from "../otlp/otlp-kind.ts";
import { pollKind } from "../poll/poll-part.ts";
import { prometheusKind } from "../prometheus/prometheus-kind.ts";
import { pushKind } from "../push/push-part.ts";
import type { PartKind } from "./source-part.ts";

/** Every kind of source that a feed can be put together from, by the word that the config file has for it. */
export const partKinds: Readonly<Record<string, PartKind<unknown>>> = {
  prometheus: prometheusKind,
  otlp: otlpKind,
  poll: pollKind,
  push: pushKind,
  alertmanager: alertmanagerKind,
};
