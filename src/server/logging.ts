import { Writable } from "node:stream";

import { pino, type Logger } from "pino";

import { isJsonObject } from "#base/json.ts";

/** What must never stand in a log, wherever a request or a setting is logged. */
const redacted = [
  "authorization",
  "token",
  "*.authorization",
  "*.token",
  "*.cookie",
  "*.headers.authorization",
  "*.headers.cookie",
  "*.auth.token",
];

export type ServerLogger = Logger;

export interface LogOptions {
  readonly level: string;
  readonly format: "text" | "json";
}

/** A line for each event of the server's life: JSON for machines, a plain sentence for people. */
export function createLogger({ level, format }: LogOptions, out: NodeJS.WritableStream): ServerLogger {
  const options = { level, redact: { paths: redacted, censor: "(kept secret)" }, base: null };
  return pino(options, format === "json" ? out : plainLines(out));
}

const levelNames: Readonly<Record<number, string>> = { 40: "Warning: ", 50: "Error: ", 60: "Error: " };

function plainLines(out: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString("utf8").split("\n")) {
        if (line !== "") out.write(`${plainLine(line)}\n`);
      }
      done();
    },
  });
}

function plainLine(json: string): string {
  const entry: unknown = JSON.parse(json);
  if (!isJsonObject(entry)) return json;
  const { level, msg, err } = entry;
  const name = typeof level === "number" ? (levelNames[level] ?? "") : "";
  const cause = isJsonObject(err) && typeof err["message"] === "string" ? `: ${err["message"]}` : "";
  return `${name}${String(msg)}${cause}`;
}
