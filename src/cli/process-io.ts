import { readFile } from "node:fs/promises";

import type { CliIo } from "./cli-io.ts";

/** The process's own streams and files. */
export const processIo: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readFile: (path) => readFile(path, "utf8"),
};
