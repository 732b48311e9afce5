import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";

import { openPast, type Past } from "../clips/open-past.ts";
import { clipSource } from "./clip/clip-source.ts";
import { demoSource } from "./demo/demo-source.ts";
import { openFileSource } from "./file/file-source.ts";
import type { MergedSource } from "./merged/merged-source.ts";
import type { PeakBook } from "./merged/peak-book.ts";
import type { SourcePart } from "./parts/source-part.ts";
import type { TrafficSource } from "./traffic-source.ts";

export interface SourceOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly intervalMs: number;
  readonly jitter: number;
  /** The topology that the demo breathes around. */
  readonly demoFile: string;
  readonly demoFrozenAt: Millis | undefined;
  /** Recordings begin again when they end. */
  readonly isRepeated: boolean;
}

export interface OpenedSource {
  /** Name of the feed in addresses and on the wire. */
  readonly feed: string;
  readonly source: TrafficSource;
  /** What was recorded elsewhere, for a feed that plays it: it takes the place of a recording of the feed's own. */
  readonly past?: Past;
  /** The systems that a feed of the config file is put together from. */
  readonly parts?: readonly SourcePart[];
  readonly merged?: MergedSource;
  /** The greatest volumes of late, of such a feed. */
  readonly peaks?: PeakBook;
}

/** Opens a source as people write it: "demo", "file:PATH.json" or "clip:PATH". The error is a sentence for whoever wrote it. */
export async function openSource(
  spec: string,
  options: SourceOptions,
): Promise<Result<OpenedSource, string>> {
  const { clock, seed, intervalMs } = options;
  if (spec === "demo") return openDemo(options);
  if (spec.startsWith("clip:")) return openClip(resolve(spec.slice("clip:".length)), options);
  if (!spec.startsWith("file:")) {
    return err(
      `There is no source "${spec}". Write "demo", "file:PATH.json" for a file, "clip:PATH" for something recorded, or "push:NAME" for what is sent to the server.`,
    );
  }
  const path = resolve(spec.slice("file:".length));
  const source = await openFileSource({ path, clock, seed, intervalMs, jitter: options.jitter });
  return source.ok ? ok({ feed: feedName(source.value.title), source: source.value }) : source;
}

async function openClip(
  path: string,
  { clock, isRepeated }: SourceOptions,
): Promise<Result<OpenedSource, string>> {
  const past = await openPast(path);
  return past.ok ? ok(playPast(past.value, clock, isRepeated)) : past;
}

/** A feed that plays something recorded. */
export function playPast(past: Past, clock: Clock, isRepeated: boolean): OpenedSource {
  const { feed, title } = past.header;
  const name = feedName(feed === "file" ? title : feed);
  return { feed: name, source: clipSource({ past, clock, isRepeated }), past };
}

async function openDemo(options: SourceOptions): Promise<Result<OpenedSource, string>> {
  const { clock, seed, intervalMs, demoFile, demoFrozenAt } = options;
  let text: string;
  try {
    text = await readFile(demoFile, "utf8");
  } catch {
    return err(`The demo's topology is missing: ${demoFile} cannot be read. Install Spillway again.`);
  }
  const parsed = parseVizceral(text, { now: clock.now(), windowMs: intervalMs });
  if (!parsed.ok) return err(`The demo's topology cannot be drawn: ${parsed.error.message}`);
  const frozen = demoFrozenAt === undefined ? {} : { frozenAt: demoFrozenAt };
  const source = demoSource(parsed.value.snapshot, { clock, seed, intervalMs, ...frozen });
  return ok({ feed: "demo", source });
}

/** A name for addresses: small letters, digits and dashes. */
function feedName(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/\.json$/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "file" : name.slice(0, 64);
}
