import { reportOn, type CheckReport } from "./check-report.ts";
import { reportText } from "./check-text.ts";
import type { CliIo } from "./cli-io.ts";

/** What `spillway check` ends with. */
const checkExit = { drawable: 0, undrawable: 1, wrongUsage: 3 } as const;

export const checkUsage = `Usage: spillway check FILE.json ... [--json] [--all]

Says what is in a file, what is odd in it and what Spillway does about it. It reads Vizceral's format, dependencies of
Zipkin and Jaeger, service graphs of AWS X-Ray and graphs of Kiali; which one it is, its shape tells.

  --json   print a report for programs
  --all    list every oddity, not only the first five of a kind
  --help   print this

Ends with 0 when every file can be drawn, 1 when one cannot, 3 when it was called wrongly.
`;

/** Runs `spillway check` with the arguments that follow the word; resolves to the exit code. */
export async function runCheck(argv: readonly string[], io: CliIo): Promise<number> {
  const request = parseArguments(argv);
  if (request.kind === "help") {
    io.out(checkUsage);
    return checkExit.drawable;
  }
  if (request.kind === "wrong") {
    io.err(`${request.problem}\n\n${checkUsage}`);
    return checkExit.wrongUsage;
  }
  const reports: CheckReport[] = [];
  for (const path of request.paths) {
    // One after the other: reports come in the order of the arguments, and a terminal reads no faster.
    // oxlint-disable-next-line no-await-in-loop
    const report = await readAndReport(path, io);
    reports.push(report);
    if (!request.asJson) io.out(`${reportText(report, { listAll: request.listAll })}\n`);
  }
  if (request.asJson) io.out(`${JSON.stringify({ files: reports }, undefined, 2)}\n`);
  return reports.every(({ canBeDrawn }) => canBeDrawn) ? checkExit.drawable : checkExit.undrawable;
}

type CheckRequest =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string }
  | {
      readonly kind: "check";
      readonly paths: readonly string[];
      readonly asJson: boolean;
      readonly listAll: boolean;
    };

function parseArguments(argv: readonly string[]): CheckRequest {
  const end = argv.indexOf("--");
  const before = end === -1 ? argv : argv.slice(0, end);
  const flags = before.filter((argument) => argument.startsWith("-"));
  // Behind "--" everything is a path, even what begins with a dash.
  const paths = [
    ...before.filter((argument) => !argument.startsWith("-")),
    ...(end === -1 ? [] : argv.slice(end + 1)),
  ];
  if (flags.includes("--help") || flags.includes("-h")) return { kind: "help" };
  const unknown = flags.find((flag) => flag !== "--json" && flag !== "--all");
  if (unknown !== undefined) return { kind: "wrong", problem: `spillway check does not know ${unknown}.` };
  if (paths.length === 0) return { kind: "wrong", problem: "spillway check needs a file to look at." };
  return { kind: "check", paths, asJson: flags.includes("--json"), listAll: flags.includes("--all") };
}

async function readAndReport(path: string, io: CliIo): Promise<CheckReport> {
  let text: string;
  try {
    text = await io.readFile(path);
  } catch (error: unknown) {
    const why = error instanceof Error ? error.message : String(error);
    return { path, canBeDrawn: false, failure: { message: `The file cannot be read: ${why}` } };
  }
  return reportOn(path, text);
}
