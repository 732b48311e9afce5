import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Observation, ObservedEdge } from "#domain/observed/observation.ts";

import { ObservationReading, type ObservationOptions } from "../observed/observation-reading.ts";
import { at, quoted, type Place } from "../vizceral/place.ts";
import { readNumber, readTime } from "../vizceral/read-scalar.ts";
import { readKialiNodes, type KialiNode } from "./kiali-nodes.ts";
import { readKialiTraffic } from "./kiali-traffic.ts";

const usualWindowMs = 60_000;

/**
 * Reads what Kiali answers to `GET /api/namespaces/graph`: `{timestamp, duration, graphType, elements: {nodes: [{data}], edges: [{data}]}}`. Kiali
 * calls its API internal; this was read from versions 1 and 2. Any graph type will do; versions of an app are one service.
 */
export function readKiali(input: unknown, options: ObservationOptions): Result<Observation, string> {
  const elements = isJsonObject(input) ? input["elements"] : undefined;
  if (!isJsonObject(input) || !isJsonObject(elements)) {
    return err(`Kiali's graph is an object with "elements", not ${quoted(input)}.`);
  }
  const reading = new ObservationReading(options);
  const place = at(undefined, "elements");
  const nodes = readKialiNodes(reading, listOf(elements["nodes"]), at(place, "nodes"));
  const linked = new Set<KialiNode>();
  for (const [index, raw] of listOf(elements["edges"]).entries()) {
    readEdge(reading, nodes, linked, dataOf(raw), at(at(place, "edges"), index));
  }
  for (const node of nodes.values()) {
    if (linked.has(node) || node.end.kind === "outside") continue;
    const { name } = node.end;
    reading.report(
      "note",
      node.place,
      () => `${quoted(name)} has no edges`,
      "not drawn: nothing flows there",
    );
  }
  const seconds = readNumber(input["duration"])?.value ?? 0;
  const windowMs = seconds > 0 ? seconds * 1000 : (options.windowMs ?? usualWindowMs);
  return ok(reading.finish(readTime(input["timestamp"])?.value ?? options.now, windowMs));
}

function readEdge(
  reading: ObservationReading,
  nodes: ReadonlyMap<string, KialiNode>,
  linked: Set<KialiNode>,
  data: Record<string, unknown> | undefined,
  place: Place,
): void {
  const [source, target] = [nodeOf(nodes, data?.["source"]), nodeOf(nodes, data?.["target"])];
  if (data === undefined || source === undefined || target === undefined) {
    const missing = source === undefined ? data?.["source"] : data?.["target"];
    const found = () => `an edge whose end ${quoted(missing)} is not among the nodes`;
    reading.report("dropped", place, found, "left it out");
    return;
  }
  linked.add(source).add(target);
  if (source.isService && source !== target && source.key === target.key) {
    const found = "a service and its workloads are nodes of their own";
    reading.reportOnce(
      "note",
      place,
      found,
      "drew each as one: what the service hands on was counted when it came",
    );
    return;
  }
  const { rates, protocol, metadata } = readKialiTraffic(reading, data["traffic"], at(place, "traffic"));
  const response = readNumber(data["responseTime"])?.value;
  const isMeasured = response !== undefined && response > 0;
  if (isMeasured) {
    const found = "responseTime is one figure, and the document does not say which";
    reading.reportOnce(
      "note",
      at(place, "responseTime"),
      found,
      "took it for the 95th percentile, Kiali's default",
    );
  }
  const edge: ObservedEdge = {
    from: source.end,
    to: target.end,
    rates,
    ...(protocol === undefined ? {} : { protocol }),
    ...(isMeasured ? { latencyMs: { p50: NaN, p95: response, p99: NaN } } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
  reading.add(edge, place);
}

function nodeOf(nodes: ReadonlyMap<string, KialiNode>, id: unknown): KialiNode | undefined {
  return typeof id === "string" ? nodes.get(id) : undefined;
}

function listOf(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

function dataOf(raw: unknown): Record<string, unknown> | undefined {
  const data = isJsonObject(raw) ? raw["data"] : undefined;
  return isJsonObject(data) ? data : undefined;
}
