import { existsSync, readFileSync } from "node:fs";

import { isJsonObject } from "#base/json.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { readVizceral } from "#formats/vizceral/read-vizceral.ts";

/* Vizceral's own sample is too large to be kept here; it is tested where somebody has put it beside the checkout. */

const sample = new URL("../../../shared/fixtures/vizceral/sample_data.json", import.meta.url);

/** Why tests on the sample are skipped, for their names; empty when they are not. */
export const sampleSkipped = existsSync(sample) ? "" : " (skipped: the sample is not beside this checkout)";

/** All three of Vizceral's own. */
export const sampleNames = ["sample_data.json", "sample_data_region_only.json", "sample_data_simple.json"];

export function publicSampleText(name: string): string {
  return readFileSync(new URL(name, sample), "utf8");
}

/** Vizceral's sample as the program reads it: four connections that lead nowhere are left out. */
export function publicSample(): TrafficSnapshot {
  return snapshotOf(parseVizceral(readFileSync(sample, "utf8"), { now: 0 }));
}

/** The sample with nodes where these connections lead: what the published figures were made of. */
export function publicSampleMended(): TrafficSnapshot {
  const file: unknown = JSON.parse(readFileSync(sample, "utf8"));
  if (isJsonObject(file) && Array.isArray(file["nodes"])) file["nodes"].forEach(addMissingNodes);
  return snapshotOf(readVizceral(file, { now: 0 }));
}

function addMissingNodes(region: unknown): void {
  if (!isJsonObject(region)) return;
  const { nodes, connections } = region;
  if (!Array.isArray(nodes) || !Array.isArray(connections)) return;
  const textAt = (item: unknown, key: string) => (isJsonObject(item) ? item[key] : undefined);
  const known = new Set(nodes.map((node) => textAt(node, "name")));
  for (const end of connections.flatMap((item) => [textAt(item, "source"), textAt(item, "target")])) {
    if (!known.has(end)) nodes.push({ name: end });
    known.add(end);
  }
}

/** A frame of ours: a file below mock-data. */
export function mockFrame(path: string): TrafficSnapshot {
  const file = new URL(`../../mock-data/${path}`, import.meta.url);
  return snapshotOf(parseVizceral(readFileSync(file, "utf8"), { now: 0 }));
}

function snapshotOf(read: ReturnType<typeof readVizceral>): TrafficSnapshot {
  if (!read.ok) throw new Error(read.error.message);
  return read.value.snapshot;
}
