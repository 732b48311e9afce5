import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import type { Millis } from "#base/time.ts";
import { readSeries, type DocumentText } from "#formats/vizceral/document-series.ts";
import { isClipHeader } from "#protocol/recording/clip-format.ts";
import { ClipFault, linesOf } from "#protocol/recording/clip-lines.ts";
import { clipLimits, readClip } from "#protocol/recording/clip-reader.ts";
import { partsOfSeries, usualIntervalMs, type TrafficPart } from "#protocol/recording/traffic-part.ts";

import { zlibUnpacking } from "./zlib-packing.ts";

/** A document in Vizceral's format that is larger is no document. */
const greatestDocumentBytes = 256 * 2 ** 20;

/**
 * Reads a clip, a file of Vizceral's format, a file with such a document on each line, or a folder of such files, in the order of their names. Which it is, its
 * first line tells. Where documents tell no time, or one that is not later than the one before, they follow it by a second.
 * @throws an Error with a sentence when the path cannot be read.
 */
export async function* trafficParts(path: string): AsyncGenerator<TrafficPart> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  });
  if (found.isDirectory()) yield* documents(path, folderTexts(path), found.mtimeMs);
  else if (await isClip(path)) yield* readClip(createReadStream(path), zlibUnpacking);
  else if (await isLines(path)) yield* documents(path, lineTexts(path), found.mtimeMs);
  else yield* documents(path, wholeText(path, found.size), found.mtimeMs);
}

async function isClip(path: string): Promise<boolean> {
  const first = await firstBytes(path);
  // What is packed is a clip, or damaged; readClip says which.
  return first[0] === 0x1f || isClipHeader(await firstLine(path));
}

/** A first line that is a whole document, with more behind it. */
async function isLines(path: string): Promise<boolean> {
  return (await firstLine(path)) !== undefined;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const pieces: AsyncIterable<Buffer> = createReadStream(path, { end: 3 });
  for await (const piece of pieces) return piece;
  return new Uint8Array();
}

/** Parsed; undefined when it is no JSON. */
async function firstLine(path: string): Promise<unknown> {
  try {
    for await (const { bytes } of linesOf(createReadStream(path), clipLimits)) {
      if (bytes.length > 1) return JSON.parse(zlibUnpacking.utf8(bytes)) as unknown;
    }
  } catch {
    // Not one document a line: perhaps one in all.
  }
  return undefined;
}

async function* lineTexts(path: string): AsyncGenerator<DocumentText> {
  let number = 0;
  for await (const { bytes } of linesOf(createReadStream(path), clipLimits)) {
    number += 1;
    const text = zlibUnpacking.utf8(bytes);
    if (text.trim() !== "") yield { place: `line ${number}`, text };
  }
}

async function* folderTexts(path: string): AsyncGenerator<DocumentText> {
  const names = (await readdir(path)).filter((name) => /\.json$/i.test(name));
  for (const name of names.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }))) {
    const { size } = await stat(join(path, name));
    for await (const { text } of wholeText(join(path, name), size)) yield { place: name, text };
  }
}

async function* wholeText(path: string, size: number): AsyncGenerator<DocumentText> {
  if (size > greatestDocumentBytes) {
    throw new ClipFault(
      `${basename(path)} is larger than ${greatestDocumentBytes} bytes, which no document needs.`,
    );
  }
  yield { place: "The document", text: await readFile(path, "utf8") };
}

function documents(
  path: string,
  texts: AsyncIterable<DocumentText>,
  changedAt: Millis,
): AsyncGenerator<TrafficPart> {
  const series = readSeries(texts, { startAt: changedAt, intervalMs: usualIntervalMs });
  return partsOfSeries(basename(resolve(path)), series);
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file.";
  if (code === "EACCES") return "this user may not read it.";
  return error instanceof Error ? error.message : String(error);
}
