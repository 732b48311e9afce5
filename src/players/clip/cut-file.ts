import { err, ok, type Result } from "#base/result.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import { clipText } from "#protocol/recording/clip-text.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";
import { readGroup } from "#protocol/recording/group-text.ts";
import { Pseudonyms } from "#protocol/recording/pseudonyms.ts";

import type { CutAsk } from "./clip-cutter.ts";
import { counting, type CutListener } from "./counting.ts";
import { framesPerGroup, type OpenFile } from "./open-files.ts";

/** Cuts a stretch out of an open file, as a clip without an index. What is damaged is left out, and shows as a gap. The error is a sentence. */
export async function cutFile(
  open: OpenFile,
  bookmarks: readonly Bookmark[],
  { from, to, names, note }: Omit<CutAsk, "feed">,
  came: CutListener,
): Promise<Result<Blob, string>> {
  if (!open.shelf.groups.some(({ start }) => start <= to) || from > open.range.to) {
    return err("Nothing is recorded between these moments.");
  }
  const pseudonyms = names === "pseudonyms" ? new Pseudonyms() : undefined;
  const header = { ...open.header, from, to };
  const kept = bookmarks.filter(({ at, to: end = at }) => end >= from && at <= to);
  const shown = pseudonyms === undefined ? kept : pseudonyms.bookmarks(kept);
  const own = note === "" || to <= from ? [] : [{ id: "cut", at: from, to, note }];
  const content = {
    header: pseudonyms === undefined ? header : pseudonyms.header(header),
    frames: framed(moments(open, { from, to }, pseudonyms), framesPerGroup),
    bookmarks: () => [...own, ...shown.filter(({ id }) => own.length === 0 || id !== "cut")],
  };
  const encoder = new TextEncoder();
  const lines = clipText(content, (text) => encoder.encode(text));
  const packed = streamOf(lines).pipeThrough(new CompressionStream("gzip")).pipeThrough(counting(came));
  return ok(new Blob([await new Response(packed).blob()], { type: "application/gzip" }));
}

async function* moments(
  { shelf }: OpenFile,
  { from, to }: Pick<CutAsk, "from" | "to">,
  pseudonyms: Pseudonyms | undefined,
): AsyncGenerator<Moment> {
  const first = Math.max(
    0,
    shelf.groups.findLastIndex(({ start }) => start <= from),
  );
  for (const group of shelf.groups.slice(first)) {
    if (group.start > to) return;
    const text = await shelf.text(group.first);
    const read = text.ok ? readGroup(text.value) : undefined;
    let before: TrafficSnapshot | undefined;
    for (const { seq, frame } of read?.ok === true ? read.value : []) {
      if (frame.kind === "key") before = frame.snapshot;
      else {
        const applied = before === undefined ? undefined : applyDelta(before, frame.delta);
        if (applied?.ok !== true) break;
        before = applied.value;
      }
      if (before.at > to) return;
      if (before.at >= from) {
        yield { seq, snapshot: pseudonyms === undefined ? before : pseudonyms.snapshot(before) };
      }
    }
  }
}

function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: async (controller) => {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  });
}
