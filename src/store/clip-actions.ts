import type { Dispose } from "#base/disposer.ts";
import { isoTime } from "#base/iso-time.ts";
import type { Millis } from "#base/time.ts";
import type { ClipNews, ShownFile } from "#players/clip/clip-service.ts";
import { inOrder, nameOf, type ClipFiles } from "#players/clip/clip-files.ts";
import { clipSuffix } from "#protocol/recording/clip-format.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import type { CutWish } from "./clip-state.ts";
import { fill, texts } from "./texts.ts";

type ClipActions = Pick<
  Actions,
  "chooseClip" | "openClip" | "stopReadingClip" | "forgetClip" | "cutClip" | "stopCutting"
>;

export interface ClipDesk {
  readonly actions: ClipActions;
  readonly dispose: Dispose;
}

/** A file that is being opened, or shown. */
interface Open {
  readonly name: string;
  readonly total: number;
  file: ShownFile | undefined;
  close: Dispose;
}

/** Opens recordings as files, and cuts them out. */
export function clipDesk(
  core: AppCore,
  toast: Actions["toast"],
  compareWith: Actions["compareWithMoment"],
): ClipDesk {
  const { store, player, clips } = core;
  let shown: Open | undefined;
  let coming: Open | undefined;
  let cutting: AbortController | undefined;
  /** What the moment of a file is compared with as soon as that is shown. */
  let compareAt: Millis | undefined;

  function open(files: ClipFiles): void {
    coming?.close();
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const own: Open = { name: nameOf(files), total, file: undefined, close: () => undefined };
    coming = own;
    own.close = clips.open(files, (news) => hear(own, news));
    tell(own, 0);
    patch(core, "clips", { refused: undefined });
  }

  function tell(own: Open, bytes: number): void {
    // Of two, the one that is to come is told of.
    if (own !== (coming ?? shown)) return;
    const { name, total } = own;
    patch(core, "clips", { reading: { name, bytes, total, isShown: own === shown } });
  }

  function hear(own: Open, news: ClipNews): void {
    if (news.kind === "read") tell(own, news.bytes);
    else if (news.kind === "opened") show(own, news.file);
    else if (news.kind === "checked") {
      if (own === (coming ?? shown)) patch(core, "clips", { reading: undefined });
      if (own === shown) patch(core, "clips", { bookmarks: news.notes.bookmarks });
      // The timeline has been drawn as far as had been read.
      patch(core, "replay", { overview: undefined, recording: { kind: "unknown" } });
      for (const text of news.notes.oddities) toast({ kind: "warning", text });
    } else refuse(own, news.what);
  }

  function refuse(own: Open, what: string): void {
    const wasShown = own === shown;
    if (own === coming) coming = undefined;
    if (wasShown) leave();
    const { reading } = store.getState().clips;
    patch(core, "clips", {
      refused: { name: own.name, what, wasShown },
      reading: reading?.name === own.name ? undefined : reading,
    });
    patch(core, "screen", { dialog: "clip-refused" });
  }

  function show(own: Open, file: ShownFile): void {
    const { wanted } = store.getState().clips;
    const { replay, compare } = wanted?.name === file.name ? wanted : {};
    compareAt = compare;
    if (store.getState().feed.phase.kind === "simulated") player.drills?.stop();
    shown?.close();
    coming = undefined;
    shown = own;
    own.file = file;
    tell(own, 0);
    patch(core, "clips", { wanted: undefined, bookmarks: [] });
    patch(core, "screen", { dialog: undefined });
    player.files?.show(file, replay ?? {});
  }

  /** Back to the feed. */
  function leave(): void {
    if (store.getState().feed.phase.kind === "simulated") player.drills?.stop();
    player.files?.close();
  }

  /** The file is closed when it is shown no more. */
  const stopWatching = store.subscribe(({ feed: { source } }, { feed: { source: before } }) => {
    if (source?.file !== undefined && source.file.id !== before?.file?.id && compareAt !== undefined) {
      const at = compareAt;
      compareAt = undefined;
      compareWith(at);
    }
    if (before?.file === undefined || source?.file !== undefined) return;
    shown?.close();
    shown = undefined;
    patch(core, "clips", { bookmarks: [], ...(coming === undefined ? { reading: undefined } : {}) });
  });

  async function cut(wish: CutWish): Promise<void> {
    const feed = store.getState().feed.source?.feed;
    if (feed === undefined) return;
    cutting?.abort();
    const own = new AbortController();
    cutting = own;
    patch(core, "clips", { cut: { kind: "coming", bytes: 0 } });
    const came = (bytes: number): void => {
      if (cutting === own) patch(core, "clips", { cut: { kind: "coming", bytes } });
    };
    const cutter = shown?.file?.cutter ?? core.cutter;
    const result = await cutter.cut({ ...wish, feed }, came, own.signal);
    if (cutting !== own) return;
    cutting = undefined;
    if (!result.ok) {
      patch(core, "clips", { cut: { kind: "failed", message: result.error } });
      return;
    }
    const name = clipName(wish.names === "real" ? feed : "feed", wish);
    core.ports?.download(name, result.value);
    patch(core, "clips", { cut: undefined });
    patch(core, "screen", { dialog: undefined });
    toast({ kind: "info", text: fill(texts.exported, { name }) });
  }

  const actions: ClipActions = {
    chooseClip: async () => {
      const files = (await core.ports?.chooseFiles()) ?? [];
      if (files.length > 0) actions.openClip(files);
    },
    openClip: (given) => {
      const [first, ...others] = inOrder(given);
      if (first === undefined) {
        if (given.length > 0) toast({ kind: "warning", text: texts.clips.several });
        return;
      }
      open([first, ...others]);
    },
    stopReadingClip: () => {
      patch(core, "clips", { reading: undefined });
      if (coming === undefined) leave();
      coming?.close();
      coming = undefined;
    },
    forgetClip: () => patch(core, "clips", { wanted: undefined }),
    cutClip: cut,
    stopCutting: () => {
      cutting?.abort();
      cutting = undefined;
      patch(core, "clips", { cut: undefined });
    },
  };
  return {
    actions,
    dispose: () => {
      stopWatching();
      coming?.close();
      shown?.close();
      cutting?.abort();
    },
  };
}

/** "demo-2026-01-06T12-00-00Z-to-12-05-00Z.spillway.ndjson.gz": no colons, which some file systems do not take. */
export function clipName(feed: string, { from, to }: Pick<CutWish, "from" | "to">): string {
  const [begin, end] = [from, to].map((at) => isoTime(at).replace(/\.\d+/, "").replaceAll(":", "-"));
  const isSameDay = begin?.slice(0, 10) === end?.slice(0, 10);
  return `${feed.replaceAll(/[^\w-]/g, "_")}-${begin}-to-${isSameDay ? end?.slice(11) : end}${clipSuffix}`;
}
