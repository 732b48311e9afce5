import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

import { readColor } from "./class-table.ts";
import type { VizceralFailure } from "./failure.ts";
import { finishReading } from "./finish-reading.ts";
import { noteOddities } from "./odd-volumes.ts";
import { at, placeText, quoted, type Place } from "./place.ts";
import { readRoot } from "./read-nodes.ts";
import { readName, readNumber, readTime } from "./read-scalar.ts";
import { ReadingContext } from "./reading-context.ts";
import { fromVersionOne, isVersionOne } from "./version-one.ts";

export interface VizceralOptions {
  /** The moment of a file that does not tell its own. */
  readonly now: Millis;
  /** 1 unless given. */
  readonly revision?: number;
  /** How long the window is that the rates are averaged over, where the file does not say; 1,000 unless given. */
  readonly windowMs?: number;
  /**
   * `as-written`, the default: the snapshot's moment is the file's own. `as-if-now`: all moments are moved, so that the file's own becomes
   * `now` and ages stay what they were; for playing a file as a live feed.
   */
  readonly times?: "as-written" | "as-if-now";
  /** How many diagnostics are listed before the rest is only counted; 200 unless given. */
  readonly diagnosticLimit?: number;
}

export interface VizceralReading {
  readonly snapshot: TrafficSnapshot;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads parsed JSON in Vizceral's format. Whatever it contains, the result is a valid snapshot that shares nothing with the input, and
 * everything odd is told in the diagnostics; it fails only when nothing can be drawn. docs/data-format.md lists the rules.
 */
export function readVizceral(
  input: unknown,
  options: VizceralOptions,
): Result<VizceralReading, VizceralFailure> {
  const { now, revision = 1, windowMs = 1000, times = "as-written", diagnosticLimit = 200 } = options;
  if (!isJsonObject(input)) {
    return err({
      kind: "not-traffic",
      message: `This is JSON, but it holds ${quoted(input)}, not an object with "nodes" and "connections".`,
    });
  }
  const context = new ReadingContext(diagnosticLimit);
  const { raw, place } = findRoot(context, input);
  readClasses(context, raw["classes"], at(place, "classes"));
  readRoot(context, raw, place);
  if (context.failure !== undefined) return err(context.failure);
  if (context.nodes.length < 2) return err(noNodes(place));
  const written = readMoment(context, raw["serverUpdateTime"], at(place, "serverUpdateTime"));
  const fileAt = written ?? newest(context.observedAt) ?? now;
  const shiftMs = times === "as-if-now" ? now - fileAt : 0;
  const snapshot = finishReading(context, {
    at: fileAt + shiftMs,
    windowMs: readWindow(context, raw["windowMs"], at(place, "windowMs")) ?? windowMs,
    revision,
    shiftMs,
  });
  noteOddities(context, snapshot);
  return ok({ snapshot, diagnostics: context.log.list() });
}

interface Root {
  readonly raw: Record<string, unknown>;
  readonly place: Place | undefined;
}

/** A graph may stand inside wrappers (`value`), each with keys of its own; more than a few are no wrappers any more. */
const deepestWrapper = 3;

function findRoot(context: ReadingContext, input: Record<string, unknown>): Root {
  let root: Root = { raw: input, place: undefined };
  for (let depth = 0; depth < deepestWrapper; depth += 1) {
    const inner = root.raw["value"];
    if (hasGraph(root.raw) || !isJsonObject(inner)) break;
    const place = at(root.place, "value");
    context.report(
      "note",
      place,
      () => "the graph stands inside a wrapper",
      "read what is inside; the wrapper's other keys were left out",
    );
    root = { raw: inner, place };
  }
  if (!isVersionOne(root.raw)) return root;
  context.report(
    "mended",
    at(root.place, "regions"),
    () => "version 1 of the format, with a map of regions",
    "read the regions as nodes; INTERNET's edges to them are the sums of what it sends inside each",
  );
  return { raw: fromVersionOne(root.raw), place: root.place };
}

function hasGraph(raw: Record<string, unknown>): boolean {
  return ["nodes", "clusters", "connections", "regions"].some(
    (key) => typeof raw[key] === "object" && raw[key] !== null,
  );
}

function noNodes(place: Place | undefined): VizceralFailure {
  return {
    kind: "no-nodes",
    message: `There is no node to draw: ${placeText(at(place, "nodes"))} is missing, empty, or nothing in it could be read. A graph needs "nodes": [{"name": "..."}].`,
  };
}

/** Reads the root's colour table: the classes in their order, with colours and, an addition of ours, severities. */
function readClasses(context: ReadingContext, raw: unknown, place: Place): void {
  if (raw === undefined || raw === null) return;
  if (!Array.isArray(raw)) {
    context.report("dropped", place, () => `classes is ${quoted(raw)}, not a list`, "left it out");
    return;
  }
  for (const [position, item] of raw.entries()) readClass(context, item, at(place, position));
}

function readClass(context: ReadingContext, raw: unknown, place: Place): void {
  const name = isJsonObject(raw) ? readName(raw["name"])?.value : undefined;
  if (!isJsonObject(raw) || name === undefined) {
    context.report("dropped", place, () => "a class without a name", "left it out");
    return;
  }
  const { index, isFolded } = context.classes.position(name);
  if (isFolded) {
    context.report("dropped", place, () => `the class ${quoted(name)} is one too many`, "left it out");
    return;
  }
  const color = readColor(raw["color"]);
  if (color === undefined && raw["color"] !== undefined && raw["color"] !== null) {
    const found = () => `${quoted(raw["color"])} is no colour such as #c33, rgb(200, 50, 50) or crimson`;
    context.report("dropped", at(place, "color"), found, "left the colour to the theme");
  }
  const severity = severities.find((candidate) => candidate === raw["severity"]);
  context.classes.describe(index, {
    ...(color === undefined ? {} : { color }),
    ...(severity === undefined ? {} : { severity }),
  });
  const unknown = Object.keys(raw).filter((key) => !["name", "color", "severity"].includes(key));
  if (unknown.length === 0) return;
  context.report(
    "dropped",
    place,
    () => `the class has unknown keys: ${quoted(unknown[0])} ...`,
    "left them out",
  );
}

const severities: readonly ClassSeverity[] = ["normal", "warning", "danger"];

function readMoment(context: ReadingContext, raw: unknown, place: Place): Millis | undefined {
  if (raw === undefined || raw === null) return undefined;
  const time = readTime(raw);
  if (time === undefined) {
    context.report(
      "dropped",
      place,
      () => `${quoted(raw)} is no moment`,
      "took the newest moment of the nodes",
    );
  } else if (time.unit !== "milliseconds") {
    context.report("note", place, () => `${quoted(raw)} is a moment in ${time.unit}`, "read it as such");
  }
  return time?.value;
}

function readWindow(context: ReadingContext, raw: unknown, place: Place): number | undefined {
  if (raw === undefined || raw === null) return undefined;
  const window = readNumber(raw)?.value ?? 0;
  if (window > 0) return window;
  context.report(
    "dropped",
    place,
    () => `${quoted(raw)} is no length of time in milliseconds`,
    "took the usual one",
  );
  return undefined;
}

function newest(moments: readonly Millis[]): Millis | undefined {
  let found: Millis | undefined;
  for (const moment of moments) if (found === undefined ? moment > 0 : moment > found) found = moment;
  return found;
}
