import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";

import { isMet, type BenchRow } from "./bench-row.ts";

/**
 * Runs the benches: all, or those whose file's name contains one of the words on the command line. Timings live here and never in the tests: a bar counts on a
 * machine that does nothing else. Ends with 1 when a bench could not be run; with --strict also when a bar is missed.
 */
const notBenches = ["bench-row.ts", "browser.ts", "run.ts", "layout-quality.ts", "soak-memory.ts"];

/** How fast and how busy the machine is. */
interface Machine {
  /** A fixed amount of arithmetic, to compare figures of different moments: on a machine that does nothing else it is always the same. */
  readonly calibrationMs: number;
  /** Processes that want to run, mean of the last minute. */
  readonly load: number;
}

interface Outcome {
  readonly file: string;
  readonly before: Machine;
  readonly after: Machine;
  readonly rows: readonly BenchRow[];
  readonly failure?: string;
}

function lookAtMachine(): Machine {
  // The least of three: what is asked is how fast the machine can be now.
  const calibrationMs = Math.min(...[1, 2, 3].map(calibrate));
  return { calibrationMs, load: loadavg()[0] ?? NaN };
}

function calibrate(): number {
  const began = performance.now();
  let h = 1;
  for (let i = 0; i < 100_000_000; i += 1) h = (Math.imul(h ^ (h >>> 16), 0x7feb352d) + i) | 0;
  return h === 0 ? NaN : performance.now() - began;
}

function told({ calibrationMs, load }: Machine): string {
  return `calibration ${calibrationMs.toFixed(0)} ms, load ${load.toFixed(2)}`;
}

function line(row: BenchRow): string {
  const sign = row.better === "less" ? "<=" : ">=";
  const value = Number(row.value.toPrecision(3));
  const note = row.note === undefined ? "" : `  (${row.note})`;
  return `${isMet(row) ? "met   " : "MISSED"}  ${String(value).padStart(9)} ${row.unit.padEnd(8)} must ${sign} ${row.bar}  ${row.name}${note}`;
}

async function measure(file: string): Promise<Outcome> {
  const before = lookAtMachine();
  console.log(`\n${file}  (${told(before)})`);
  let rows: readonly BenchRow[] = [];
  let failure: string | undefined;
  try {
    const { run } = (await import(`./${file}`)) as { run: () => Promise<readonly BenchRow[]> };
    rows = await run();
    for (const row of rows) console.log(line(row));
  } catch (error: unknown) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(`FAILED  ${failure}`);
  }
  const after = lookAtMachine();
  console.log(`        (${told(after)} afterwards)`);
  return { file, before, after, rows, ...(failure === undefined ? {} : { failure }) };
}

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isStrict = process.argv.includes("--strict");
const benches = readdirSync("bench").filter((file) => file.endsWith(".ts") && !notBenches.includes(file));
const files = benches.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
  console.error(`No bench is called like that. There are: ${benches.join(", ")}`);
  process.exit(1);
}

console.log(`Node ${process.version}; medians of three unless a row says otherwise`);
const outcomes: Outcome[] = [];
for (const file of files) outcomes.push(await measure(file));

mkdirSync("bench/results", { recursive: true });
const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
writeFileSync(`bench/results/${revision}.json`, JSON.stringify({ revision, outcomes }, undefined, 2));

const rows = outcomes.flatMap((outcome) => outcome.rows);
const missed = rows.filter((row) => !isMet(row)).length;
const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
console.log(`\n${rows.length - missed} met, ${missed} missed, ${failed} benches failed`);
process.exit(failed > 0 || (isStrict && missed > 0) ? 1 : 0);
