import { setImmediate } from "node:timers/promises";

import type { Millis } from "#base/time.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";
import { Pseudonyms } from "#protocol/recording/pseudonyms.ts";

import { framesPerGroup } from "../log/feed-log.ts";
import { mergedPast } from "../sources/merged/merged-past.ts";
import type { SourcePart } from "../sources/parts/source-part.ts";
import type { RecordedClip } from "./record-clip.ts";
import { writeFile } from "./write-file.ts";
import { zlibPacking } from "./zlib-packing.ts";

export interface RecordPastOptions {
  readonly feed: string;
  readonly title: string;
  readonly parts: readonly SourcePart[];
  readonly from: Millis;
  readonly to: Millis;
  readonly stepMs: number;
  readonly lingerMs: number;
  readonly hasPseudonyms: boolean;
  readonly path: string;
  readonly isReplacing: boolean;
  readonly signal: AbortSignal;
  /** How far it has come. */
  readonly onMoment?: (at: Millis) => void;
}

/**
 * Writes what the systems of a feed know of the past into a clip: nothing has to have run then.
 * @throws an Error with a sentence when none of them can be asked for it, when there is nothing, or the file cannot be written.
 */
export async function recordPast(options: RecordPastOptions): Promise<RecordedClip> {
  const { feed, title, parts, from, to, stepMs, onMoment } = options;
  if (!parts.some((part) => part.past !== undefined)) {
    throw new Error(
      `None of the sources of ${feed} can be asked for the past; sources of the kind prometheus can.`,
    );
  }
  const pseudonyms = options.hasPseudonyms ? new Pseudonyms() : undefined;
  const header: ClipHeader = {
    feed,
    title: title.slice(0, 256),
    intervalMs: stepMs,
    from,
    to,
    names: "real",
  };
  let frames = 0;
  async function* moments(): AsyncGenerator<Moment> {
    for await (const snapshot of mergedPast({ ...options, turn: setImmediate }, options)) {
      frames += 1;
      onMoment?.(snapshot.at);
      yield { seq: frames, snapshot: pseudonyms?.snapshot(snapshot) ?? snapshot };
    }
    if (frames === 0) throw new Error(`${feed}: there was no traffic between these moments.`);
  }
  const pieces = writeClip(
    {
      header: pseudonyms?.header(header) ?? header,
      frames: framed(moments(), framesPerGroup),
      bookmarks: () => [],
    },
    zlibPacking,
  );
  const { bytes } = await writeFile(options.path, pieces, {
    isKeptUnfinished: false,
    isReplacing: options.isReplacing,
  });
  return { frames, bytes };
}
