import type { Preset } from "../query-plan.ts";
import { envoy } from "./envoy.ts";
import { hubble } from "./hubble.ts";
import { istio, istioAmbient } from "./istio.ts";
import { linkerd } from "./linkerd.ts";
import { otelServiceGraph, tempo } from "./service-graph.ts";

/** What is known of how systems tell of their traffic, by the word that the config file has for it. */
export const presets = {
  istio,
  "istio-ambient": istioAmbient,
  linkerd,
  "otel-servicegraph": otelServiceGraph,
  tempo,
  hubble,
  envoy,
} satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
