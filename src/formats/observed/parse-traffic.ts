import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { mergeReports, type SourceReport } from "#domain/observed/merge-reports.ts";
import type { Observation } from "#domain/observed/observation.ts";

import { readJaeger } from "../jaeger/read-jaeger.ts";
import { readKiali } from "../kiali/read-kiali.ts";
import type { VizceralFailure } from "../vizceral/failure.ts";
import { parseJson } from "../vizceral/parse-json.ts";
import { readVizceral, type VizceralOptions, type VizceralReading } from "../vizceral/read-vizceral.ts";
import { readXray } from "../xray/read-xray.ts";
import { readZipkin } from "../zipkin/read-zipkin.ts";
import type { ObservationOptions } from "./observation-reading.ts";
import { formatTitles, guessFormat, type TrafficFormat } from "./traffic-format.ts";

export interface TrafficOptions {
  /** Undefined: told by the document's shape. */
  readonly format?: TrafficFormat | undefined;
  readonly vizceral: VizceralOptions;
  readonly observation: ObservationOptions;
}

export interface TrafficReading {
  readonly format: TrafficFormat;
  readonly report: SourceReport;
}

/** Reads a text in any of the formats that Spillway knows. It fails only when it is no JSON, or not what it is said to be. */
export function parseTraffic(text: string, options: TrafficOptions): Result<TrafficReading, VizceralFailure> {
  const input = parseJson(text);
  return input.ok ? readTraffic(input.value, options) : input;
}

/** The same with parsed JSON. */
export function readTraffic(
  input: unknown,
  options: TrafficOptions,
): Result<TrafficReading, VizceralFailure> {
  const format = options.format ?? guessFormat(input);
  if (format === "vizceral") {
    const read = readVizceral(input, options.vizceral);
    if (!read.ok) return read;
    const { snapshot, diagnostics } = read.value;
    return ok({ format, report: { kind: "snapshot", snapshot, problems: diagnostics } });
  }
  const read = readers[format](input, options.observation);
  if (!read.ok) return err({ kind: "not-traffic", message: read.error });
  return ok({ format, report: { kind: "observation", observation: read.value } });
}

type Reader = (input: unknown, options: ObservationOptions) => Result<Observation, string>;

const readers: Readonly<Record<Exclude<TrafficFormat, "vizceral">, Reader>> = {
  zipkin: readZipkin,
  jaeger: readJaeger,
  xray: readXray,
  kiali: readKiali,
};

/** A text in any of the formats as a graph that can be drawn by itself; for files. `title` names the whole where the document does not. */
export function drawTraffic(
  text: string,
  title: string,
  options: TrafficOptions,
): Result<VizceralReading & { readonly format: TrafficFormat }, VizceralFailure> {
  const parsed = parseTraffic(text, options);
  if (!parsed.ok) return parsed;
  const { format, report } = parsed.value;
  if (report.kind === "snapshot") {
    return ok({ format, snapshot: report.snapshot, diagnostics: report.problems });
  }
  const at: Millis = report.observation.at;
  const merged = mergeReports([{ source: title, report, isStale: false }], { at, title, before: undefined });
  if (merged.snapshot.topology.nodes.length > 1) {
    return ok({ format, snapshot: merged.snapshot, diagnostics: merged.problems });
  }
  const why = merged.problems.find(({ kind }) => kind === "dropped");
  const first = why === undefined ? "" : ` The first that was left out: ${why.found}, at ${why.place}.`;
  return err({
    kind: "no-nodes",
    message: `There is nothing to draw: this looks like ${formatTitles[format]}, without an edge that can be drawn.${first}`,
  });
}
