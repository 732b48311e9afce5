import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";

import { demoSource } from "./demo/demo-source.ts";
import { openFileSource } from "./file/file-source.ts";
import type { TrafficSource } from "./traffic-source.ts";

export interface SourceOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly intervalMs: number;
  readonly jitter: number;
  /** The topology that the demo breathes around. */
  readonly demoFile: string;
  readonly demoFrozenAt: Millis | undefined;
}

export interface OpenedSource {
  /** Name of the feed in addresses and on the wire. */
  readonly feed: string;
  readonly source: TrafficSource;
}

/** Opens a source as people write it: "demo", or "file:PATH.json". The error is a sentence for whoever wrote it. */
export async function openSource(
  spec: string,
  options: SourceOptions,
): Promise<Result<OpenedSource, string>> {
  const { clock, seed, intervalMs } = options;
  if (spec === "demo") return openDemo(options);
  if (!spec.startsWith("file:")) {
    return err(
      `There is no source "${spec}". Write "demo", or "file:PATH.json" for a file in Vizceral's format.`,
    );
  }
  const path = resolve(spec.slice("file:".length));
  const source = await openFileSource({ path, clock, seed, intervalMs, jitter: options.jitter });
  return source.ok ? ok({ feed: feedName(source.value.title), source: source.value }) : source;
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
