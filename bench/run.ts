import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";

import type { BenchRow } from "./bench-row.ts";

/**
 * Runs the benches: all, or those whose file's name contains one of the words on the command line. Timings live here and never in the tests: a bar counts on a
 * machine that does nothing else.
 */
const notBenches = ["bench-row.ts", "browser.ts", "run.ts", "layout-quality.ts"];

/** A fixed amount of arithmetic: how fast this machine is now, to compare figures of different days. */
function calibrate(): number {
  const began = performance.now();
  let h = 1;
  for (let i = 0; i < 100_000_000; i += 1) h = (Math.imul(h ^ (h >>> 16), 0x7feb352d) + i) | 0;
  return h === 0 ? NaN : performance.now() - began;
}

function isMet({ value, bar, better }: BenchRow): boolean {
  return better === "less" ? value <= bar : value >= bar;
}

function line(row: BenchRow): string {
  const sign = row.better === "less" ? "<=" : ">=";
  const value = Number(row.value.toPrecision(3));
  const note = row.note === undefined ? "" : `  (${row.note})`;
  return `${isMet(row) ? "met   " : "MISSED"}  ${String(value).padStart(9)} ${row.unit.padEnd(8)} must ${sign} ${row.bar}  ${row.name}${note}`;
}

const words = process.argv.slice(2);
const files = readdirSync("bench")
  .filter((file) => file.endsWith(".ts") && !notBenches.includes(file))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));

const load = loadavg()[0] ?? NaN;
console.log(
  `calibration loop ${calibrate().toFixed(0)} ms, load ${load.toFixed(2)}, Node ${process.version}`,
);
const results: (BenchRow & { readonly file: string })[] = [];
for (const file of files) {
  console.log(`\n${file}`);
  const { run } = (await import(`./${file}`)) as { run: () => Promise<readonly BenchRow[]> };
  for (const row of await run()) {
    console.log(line(row));
    results.push({ ...row, file });
  }
}
mkdirSync("bench/results", { recursive: true });
const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
writeFileSync(`bench/results/${revision}.json`, JSON.stringify({ revision, load, results }, undefined, 2));
const missed = results.filter((row) => !isMet(row)).length;
console.log(`\n${results.length - missed} met, ${missed} missed`);
