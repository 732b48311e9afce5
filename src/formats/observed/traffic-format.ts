import { isJsonObject } from "#base/json.ts";

import { isXray } from "../xray/read-xray.ts";

/** The formats of whole documents that Spillway reads, by the words that settings have for them. */
export const trafficFormats = ["vizceral", "zipkin", "jaeger", "xray", "kiali"] as const;

export type TrafficFormat = (typeof trafficFormats)[number];

/** For people. */
export const formatTitles: Readonly<Record<TrafficFormat, string>> = {
  vizceral: "a graph in Vizceral's format",
  zipkin: "dependencies of Zipkin",
  jaeger: "dependencies of Jaeger",
  xray: "a service graph of AWS X-Ray",
  kiali: "a graph of Kiali",
};

/** The format of a document, by its shape; what looks like none of the others is taken for Vizceral's. */
export function guessFormat(input: unknown): TrafficFormat {
  if (Array.isArray(input)) {
    if (isXray(input)) return "xray";
    const first: unknown = input[0];
    const isLink = isJsonObject(first) && ("parent" in first || "child" in first);
    return input.length === 0 || isLink ? "zipkin" : "vizceral";
  }
  if (!isJsonObject(input) || "nodes" in input || "connections" in input) return "vizceral";
  if (isJsonObject(input["elements"])) return "kiali";
  if (isXray(input)) return "xray";
  const isAnswer = Array.isArray(input["data"]) || (input["data"] === null && "errors" in input);
  return isAnswer ? "jaeger" : "vizceral";
}
