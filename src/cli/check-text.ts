import type { Diagnostic } from "#domain/diagnostic.ts";
import { formatTitles } from "#formats/observed/traffic-format.ts";

import type { CheckReport, CheckSummary, GraphSummary } from "./check-report.ts";
import { count, harmless, rate, short, tableLines } from "./plain-text.ts";

export interface TextOptions {
  /** Lists every diagnostic, not only the first few of a kind. */
  readonly listAll: boolean;
}

/** How many of one kind are listed, and how many graphs, before the rest is only counted. */
const listed = 5;
const graphsListed = 20;

/** The report on one file for a terminal: plain text, no colours, nothing that could steer the terminal. */
export function reportText(report: CheckReport, { listAll }: TextOptions): string {
  if (!report.canBeDrawn) {
    const { message, excerpt } = report.failure;
    const lines = excerpt === undefined ? [] : ["", ...excerpt.split("\n").map((line) => `  ${line}`)];
    return harmless([`${report.path}: cannot be drawn`, "", `  ${message}`, ...lines, ""].join("\n"));
  }
  const lines = [
    `${report.path}: can be drawn${report.format === "vizceral" ? "" : `; ${formatTitles[report.format]}`}`,
    "",
    ...overview(report.summary),
    "",
    ...graphTable(report.summary.graphs),
    "",
    ...oddities(report.diagnostics, listAll),
    "",
  ];
  return `${lines.map(harmless).join("\n").trimEnd()}\n`;
}

function overview(summary: CheckSummary): readonly string[] {
  const classes = summary.classes.map(({ name, entering }) => `${name} ${rate(entering)}`);
  const written =
    summary.writtenAt === undefined
      ? "no time of its own"
      : `written ${new Date(summary.writtenAt).toISOString().replace("T", " ").slice(0, 19)} UTC`;
  return [
    `  ${count(summary.nodes, "node")} on ${count(summary.levels, "level")}, ${count(summary.edges, "edge")}, ${count(summary.notices, "notice")}; ${written}`,
    `  requests/s that enter, by class: ${classes.join(", ")}`,
  ];
}

const columns = ["graph", "nodes", "edges", "entering/s", "failing", "busiest edge/s", "maxVolume"];

function graphTable(graphs: readonly GraphSummary[]): readonly string[] {
  const rows = graphs
    .slice(0, graphsListed)
    .map((graph) => [
      `${"  ".repeat(graph.level)}${short(graph.name)}`,
      rate(graph.nodes),
      rate(graph.edges),
      rate(graph.entering),
      `${(graph.failing * 100).toFixed(2)} %`,
      rate(graph.busiestEdge),
      graph.maxVolume === undefined ? "-" : rate(graph.maxVolume),
    ]);
  const more = graphs.length - rows.length;
  const lines = tableLines(columns, rows, ["graph"]).map((line) => `  ${line}`);
  return [...lines, ...(more > 0 ? [`  ... and ${count(more, "graph")} more`] : [])];
}

const kinds: readonly (readonly [Diagnostic["kind"], string])[] = [
  ["dropped", "Left out"],
  ["mended", "Mended"],
  ["note", "Noted"],
];

function oddities(diagnostics: readonly Diagnostic[], listAll: boolean): readonly string[] {
  if (diagnostics.length === 0) return ["  Nothing is odd."];
  return kinds.flatMap(([kind, title]) => {
    const ofKind = diagnostics.filter((diagnostic) => diagnostic.kind === kind);
    if (ofKind.length === 0) return [];
    const groups = new Map<string, Diagnostic[]>();
    for (const diagnostic of ofKind) {
      const group = groups.get(diagnostic.done);
      if (group === undefined) groups.set(diagnostic.done, [diagnostic]);
      else group.push(diagnostic);
    }
    return [
      `  ${title} (${ofKind.length}):`,
      ...[...groups].flatMap(([done, group]) => groupLines(done, group, listAll)),
      "",
    ];
  });
}

/** All that was treated alike, under what was done about it. */
function groupLines(done: string, group: readonly Diagnostic[], listAll: boolean): readonly string[] {
  const shown = listAll ? group : group.slice(0, listed);
  const width = Math.min(48, Math.max(...shown.map(({ place }) => place.length)));
  const more = group.length - shown.length;
  return [
    `    ${done}${group.length > 1 ? ` (${group.length} times)` : ""}`,
    ...shown.map(({ place, found }) => `      ${place.padEnd(width)}  ${found}`),
    ...(more > 0 ? [`      ... and ${more} more (--all lists them)`] : []),
  ];
}
