import { readFile } from "node:fs/promises";

import { parse, stringify } from "yaml";

import { importPromviz, type Imported } from "#formats/prometheus/import-promviz.ts";
import { writeFile } from "#server/clips/write-file.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { harmless } from "./plain-text.ts";

/** What `spillway convert` ends with when the input cannot be read, or there is nothing in it. */
export const notConverted = 1;

export interface SettingsConversion {
  readonly input: string;
  readonly output: string;
  readonly isReplacing: boolean;
}

/** Turns a configuration of promviz or vistio into settings; resolves to the exit code. */
export async function convertSettings(
  { input, output, isReplacing }: SettingsConversion,
  io: CliIo,
): Promise<number> {
  try {
    const { settings, notes } = await readImported(input);
    const options = { isKeptUnfinished: false, isReplacing };
    await writeFile(output, pieces(input, settings), options);
    for (const note of notes) io.err(harmless(`${input}: ${note}\n`));
    io.out(harmless(`${output}: written. Try it: spillway serve --config ${output} --dry-run\n`));
    return exitCodes.done;
  } catch (error: unknown) {
    io.err(harmless(`${error instanceof Error ? error.message : String(error)}\n`));
    return notConverted;
  }
}

async function readImported(path: string): Promise<Imported> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new Error(`${path} cannot be read.`);
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (error: unknown) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : "it is not YAML"}`, {
      cause: error,
    });
  }
  const imported = importPromviz(content);
  if (imported.ok) return imported.value;
  throw new Error(`${path}: ${imported.error}`);
}

async function* pieces(input: string, settings: object): AsyncGenerator<string> {
  yield `# Made by spillway convert from ${input.replaceAll(/[\r\n]/g, " ")}\n`;
  yield stringify(settings, { lineWidth: 0 });
}
