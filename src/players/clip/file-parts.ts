import type { Millis } from "#base/time.ts";
import { readSeries, type DocumentText } from "#formats/vizceral/document-series.ts";
import { isClipHeader } from "#protocol/recording/clip-format.ts";
import { ClipFault, jsonDepth, linesOf } from "#protocol/recording/clip-lines.ts";
import { clipLimits, readClip } from "#protocol/recording/clip-reader.ts";
import { partsOfSeries, usualIntervalMs, type TrafficPart } from "#protocol/recording/traffic-part.ts";

import { bytesOf, fileBytes, FileFault } from "./file-bytes.ts";
import { nameOf, type ClipFiles } from "./clip-files.ts";
import { streamUnpacking } from "./stream-packing.ts";

/** A document in Vizceral's format that is larger is no document. */
const greatestDocumentBytes = 256 * 2 ** 20;

/** How much has been read, in bytes. */
export type ReadListener = (bytes: number) => void;

/**
 * Reads a clip, a file of Vizceral's format, a file with such a document on each line, or several such files, in the order of their names. Which it is, the
 * first line tells. Never throws for what is in the files.
 * @throws FileFault when one cannot be read.
 */
export async function* fileParts(files: ClipFiles, read: ReadListener): AsyncGenerator<TrafficPart> {
  const [file] = files;
  if (files.length > 1) {
    yield* documents(nameOf(files), wholeTexts(files, read), file.lastModified);
  } else if (file.size === 0) yield { kind: "end", outcome: { kind: "faulty", what: "It is empty." } };
  else if (await isClip(file)) yield* readClip(fileBytes(file, read), streamUnpacking);
  else if ((await firstLine(file)) !== undefined) {
    yield* documents(file.name, lineTexts(file, read), file.lastModified);
  } else yield* documents(file.name, wholeTexts(files, read), file.lastModified);
}

async function isClip(file: File): Promise<boolean> {
  // What is packed is a clip, or damaged; readClip says which.
  const [first] = await bytesOf(file, 0, 1);
  return first === 0x1f || isClipHeader(await firstLine(file));
}

/** Parsed; undefined when it is no JSON: perhaps a document over many lines. */
async function firstLine(file: File): Promise<unknown> {
  try {
    for await (const { bytes } of linesOf(fileBytes(file), clipLimits)) {
      if (bytes.length > 1) return parsed(bytes);
    }
  } catch (error: unknown) {
    if (error instanceof FileFault) throw error;
  }
  return undefined;
}

function parsed(bytes: Uint8Array): unknown {
  return jsonDepth(bytes) > clipLimits.depth ? undefined : JSON.parse(streamUnpacking.utf8(bytes));
}

async function* lineTexts(file: File, read: ReadListener): AsyncGenerator<DocumentText> {
  let number = 0;
  for await (const { bytes } of linesOf(fileBytes(file, read), clipLimits)) {
    number += 1;
    const text = streamUnpacking.utf8(bytes);
    if (text.trim() !== "") yield { place: `line ${number}`, text };
  }
}

async function* wholeTexts(files: ClipFiles, read: ReadListener): AsyncGenerator<DocumentText> {
  let before = 0;
  for (const file of files) {
    if (file.size > greatestDocumentBytes) {
      throw new ClipFault(
        `${file.name} is larger than ${greatestDocumentBytes} bytes, which no document needs.`,
      );
    }
    const bytes = await bytesOf(file, 0, file.size);
    before += bytes.length;
    read(before);
    const place = files.length > 1 ? file.name : "The document";
    yield { place, text: new TextDecoder().decode(bytes) };
  }
}

function documents(
  title: string,
  texts: AsyncIterable<DocumentText>,
  changedAt: Millis,
): AsyncGenerator<TrafficPart> {
  const series = readSeries(texts, { startAt: changedAt, intervalMs: usualIntervalMs });
  return partsOfSeries(title, series);
}
