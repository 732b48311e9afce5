import { readIsoTime } from "#base/iso-time.ts";
import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Observation } from "#domain/observed/observation.ts";

import { ObservationReading, type ObservationOptions } from "../observed/observation-reading.ts";
import { at, quoted, type Place } from "../vizceral/place.ts";
import { readTime } from "../vizceral/read-scalar.ts";
import { readGraph } from "./xray-graph.ts";

/** One answer of GetServiceGraph: what one region saw. */
interface GraphDocument {
  readonly raw: Record<string, unknown>;
  readonly place: Place | undefined;
  readonly region: string | undefined;
}

/** What GetServiceGraph may be asked for at most. */
const usualWindowMs = 60_000;

/**
 * Reads documents of AWS X-Ray's GetServiceGraph (https://docs.aws.amazon.com/xray/latest/api/API_GetServiceGraph.html). A document is of one
 * region and does not name it: several are given as `{"us-east-1": {...}, "eu-west-1": {...}}`, as a list whose documents have a key "Region", or
 * one by one with a default region. Pages of one answer are given as a list.
 */
export function readXray(input: unknown, options: ObservationOptions): Result<Observation, string> {
  const documents = documentsOf(input);
  if (documents.length === 0) {
    return err(
      `A service graph of X-Ray is an object with "Services", a list of such, or one such for each region; not ${quoted(input)}.`,
    );
  }
  const reading = new ObservationReading(options);
  let end: Millis = -Infinity;
  let longestMs = 0;
  // All pages of one region's answer count together: references lead from one to another.
  for (const pages of byRegion(documents)) {
    const { windowMs, endAt } = windowOf(reading, pages);
    end = Math.max(end, endAt);
    longestMs = Math.max(longestMs, windowMs);
    for (const { raw, place } of pages) notePage(reading, raw, place, pages.length > 1);
    readGraph(reading, { services: pages.flatMap(servicesOf(reading)), region: pages[0]?.region, windowMs });
  }
  return ok(reading.finish(end, longestMs));
}

export function isXray(input: unknown): boolean {
  return documentsOf(input).length > 0;
}

function documentsOf(input: unknown): readonly GraphDocument[] {
  if (Array.isArray(input)) {
    return input.flatMap((item: unknown, index) => documentOf(item, at(undefined, index), undefined));
  }
  const one = documentOf(input, undefined, undefined);
  if (one.length > 0 || !isJsonObject(input)) return one;
  return Object.entries(input).flatMap(([region, item]) =>
    (Array.isArray(item) ? item : [item]).flatMap((page: unknown, index) => {
      const place = at(undefined, region);
      return documentOf(page, Array.isArray(item) ? at(place, index) : place, region);
    }),
  );
}

function documentOf(raw: unknown, place: Place | undefined, region: string | undefined): GraphDocument[] {
  if (!isJsonObject(raw) || !Array.isArray(raw["Services"])) return [];
  const named = raw["Region"];
  return [{ raw, place, region: region ?? (typeof named === "string" ? named : undefined) }];
}

function byRegion(documents: readonly GraphDocument[]): Iterable<readonly GraphDocument[]> {
  const groups = new Map<string | undefined, GraphDocument[]>();
  for (const document of documents) {
    const group = groups.get(document.region);
    if (group === undefined) groups.set(document.region, [document]);
    else group.push(document);
  }
  return groups.values();
}

/** The time that the pages of one answer count; every page says the same. */
function windowOf(
  reading: ObservationReading,
  pages: readonly GraphDocument[],
): { readonly windowMs: number; readonly endAt: Millis } {
  const { now, windowMs = usualWindowMs } = reading.options;
  for (const { raw } of pages) {
    const [start, end] = [momentOf(raw["StartTime"]), momentOf(raw["EndTime"])];
    if (start !== undefined && end !== undefined && end > start) return { windowMs: end - start, endAt: end };
  }
  const place = at(pages[0]?.place, "StartTime");
  const found = "StartTime and EndTime do not say how long a time is counted";
  reading.report("mended", place, found, `took ${windowMs / 1000} s that end now`);
  return { windowMs, endAt: now };
}

/** Seconds since 1970 as the API writes them, or a text as the command line writes it. */
function momentOf(raw: unknown): Millis | undefined {
  return readTime(raw)?.value ?? (typeof raw === "string" ? readIsoTime(raw) : undefined);
}

function notePage(
  reading: ObservationReading,
  raw: Record<string, unknown>,
  place: Place | undefined,
  isOneOfSeveral: boolean,
): void {
  const next = raw["NextToken"];
  if (typeof next !== "string" || next === "" || isOneOfSeveral) return;
  const found = "the answer goes on at NextToken, and only its first page is here";
  reading.report("note", at(place, "NextToken"), found, "showed this page; give all pages as one list");
}

function servicesOf(reading: ObservationReading) {
  return ({ raw, place }: GraphDocument) => {
    const services: unknown = raw["Services"];
    const list: readonly unknown[] = Array.isArray(services) ? services : [];
    return list.flatMap((service, index) => {
      const here = at(at(place, "Services"), index);
      if (isJsonObject(service)) return [{ raw: service, place: here }];
      reading.report("dropped", here, () => `${quoted(service)} is no service`, "left it out");
      return [];
    });
  };
}
