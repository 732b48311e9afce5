import { isMet, type BenchRow } from "../bench-row.ts";

/** Prints rows as JSON lines, with whether they reach their bars, when the file at `moduleUrl` is the program that runs. */
export async function printWhenMain(
  moduleUrl: string,
  run: () => Promise<readonly BenchRow[]>,
): Promise<void> {
  const isMain = process.argv[1] !== undefined && moduleUrl === new URL(process.argv[1], "file:///").href;
  if (!isMain) return;
  for (const row of await run()) console.log(JSON.stringify({ ...row, pass: isMet(row) }));
}
