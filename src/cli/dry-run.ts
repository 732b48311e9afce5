import { randomInt } from "node:crypto";

import { mulberry32 } from "#base/random.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { ServerConfig } from "#server/config/server-config.ts";
import { packageRoot } from "#server/package-root.ts";
import type { OpenedSource } from "#server/sources/open-source.ts";
import type { SourceStatus } from "#server/sources/parts/source-part.ts";
import { openSources } from "#server/start-server.ts";
import { systemClock } from "#server/system-clock.ts";

import { summaryOf } from "./check-report.ts";
import { reportText } from "./check-text.ts";
import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { harmless, rate, tableLines } from "./plain-text.ts";

/** What `spillway serve --dry-run` ends with when a feed has nothing to show. */
const nothingToShow = 1;

/** So long a feed has for its first graph, and after that for the sources that have said nothing yet. */
const patienceMs = 30_000;
const laterMs = 3_000;

interface FirstGraph {
  readonly snapshot: TrafficSnapshot;
  readonly problems: readonly Diagnostic[];
}

/** Prints the first graph of every feed and how its sources are; resolves to the exit code. Nothing is recorded or served. */
export async function dryRun(config: ServerConfig, io: CliIo): Promise<number> {
  const clock = systemClock(config.clockStart);
  const random = mulberry32(randomInt(2 ** 32));
  const opened = await openSources(config, { clock, random, root: packageRoot() });
  if (!opened.ok) {
    io.err(harmless(`${opened.error}\n`));
    return exitCodes.wrongUsage;
  }
  const graphs = await Promise.all(
    opened.value.map(async (source) => ({ source, ...(await firstGraph(source)) })),
  );
  for (const { source, graph, status } of graphs) {
    if (graph === undefined) io.out(harmless(`${source.feed}: nothing has come in ${patienceMs / 1000} s\n`));
    else {
      const { snapshot, problems } = graph;
      const report = {
        path: source.feed,
        canBeDrawn: true,
        format: "vizceral" as const,
        summary: summaryOf(snapshot),
        diagnostics: problems,
      };
      io.out(reportText({ ...report, canBeDrawn: true }, { listAll: false }));
    }
    if (status.length > 0) io.out(`${statusTable(status)}\n`);
  }
  await Promise.all(opened.value.map(async ({ past }) => past?.log.close()));
  return graphs.every(({ graph }) => graph !== undefined) ? exitCodes.done : nothingToShow;
}

/** Runs a source until it has shown something and all of its parts have spoken, or there is no use in waiting. */
async function firstGraph({ source, merged }: OpenedSource) {
  const stop = new AbortController();
  let graph: FirstGraph | undefined;
  const isComplete = () =>
    graph !== undefined && (merged?.status() ?? []).every(({ state }) => state !== "waiting");
  const timers = [setTimeout(() => stop.abort(), patienceMs)];
  const emit = (snapshot: TrafficSnapshot, problems: readonly Diagnostic[]) => {
    graph = { snapshot, problems };
    if (isComplete()) stop.abort();
    else timers.push(setTimeout(() => stop.abort(), laterMs));
  };
  let failure: string | undefined;
  try {
    await source.run(emit, stop.signal);
  } catch (error: unknown) {
    failure = error instanceof Error ? error.message : String(error);
  }
  for (const timer of timers) clearTimeout(timer);
  const status = merged?.status() ?? (failure === undefined ? [] : [failed(source.title, failure)]);
  return { graph, status };
}

function failed(name: string, error: string): SourceStatus {
  return {
    name,
    kind: "",
    state: "failed",
    at: undefined,
    windowMs: undefined,
    sampling: undefined,
    error,
    edges: 0,
    problems: 0,
    counts: {},
  };
}

function statusTable(status: readonly SourceStatus[]): string {
  const rows = status.map(({ name, kind, state, edges, windowMs, error, counts }) => [
    name,
    kind,
    state,
    rate(edges),
    windowMs === undefined ? "-" : `${rate(windowMs / 1000)} s`,
    [error ?? "", ...Object.entries(counts).map(([what, value]) => `${what} ${rate(value)}`)]
      .filter((text) => text !== "")
      .join(", "),
  ]);
  const titles = ["source", "kind", "state", "edges", "window", "told"];
  const lines = tableLines(titles, rows, ["source", "kind", "state", "told"]);
  return `${lines.map((line) => harmless(`  ${line}`)).join("\n")}\n`;
}
