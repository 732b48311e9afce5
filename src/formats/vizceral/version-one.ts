import { isJsonObject } from "#base/json.ts";

import { readNumber } from "./read-scalar.ts";

/**
 * Vizceral's first format (June 2016): {"regions": {name: {nodes, connections, maxRPS, updated}}, "serverUpdateTime"}. It had no graph of
 * the regions; Vizceral summed one up.
 */
export function isVersionOne(raw: Record<string, unknown>): boolean {
  return isJsonObject(raw["regions"]) && !Array.isArray(raw["nodes"]);
}

/** The same as a graph of the present format; a new object. */
export function fromVersionOne(raw: Record<string, unknown>): Record<string, unknown> {
  const { regions, ...rest } = raw;
  const entries = isJsonObject(regions) ? Object.entries(regions) : [];
  return {
    renderer: "global",
    name: "global",
    ...rest,
    nodes: [{ name: "INTERNET" }, ...entries.map(([name, region]) => regionNode(name, region))],
    connections: entries.map(([name, region]) => ({
      source: "INTERNET",
      target: name,
      metrics: sentByInternet(region),
    })),
  };
}

function regionNode(name: string, region: unknown): unknown {
  if (!isJsonObject(region)) return region;
  const { maxRPS, ...rest } = region;
  return { renderer: "region", ...(maxRPS === undefined ? {} : { maxVolume: maxRPS }), ...rest, name };
}

function sentByInternet(region: unknown): Record<string, number> {
  const connections = isJsonObject(region) ? region["connections"] : undefined;
  const sums = new Map<string, number>();
  for (const connection of Array.isArray(connections) ? connections : []) {
    const item: unknown = connection;
    if (!isJsonObject(item) || item["source"] !== "INTERNET" || !isJsonObject(item["metrics"])) continue;
    for (const [name, raw] of Object.entries(item["metrics"])) {
      const rate = readNumber(raw)?.value ?? 0;
      if (rate > 0) sums.set(name, (sums.get(name) ?? 0) + rate);
    }
  }
  return Object.fromEntries(sums);
}
