import { err, ok, type Result } from "#base/result.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";

import type { GroupList, Stretch } from "../recording/recording-source.ts";
import type { CutAsk } from "./clip-cutter.ts";
import type { ClipAnswer, ClipCommand, ClipQuestion, ClipReply } from "./clip-message.ts";
import { cutFile } from "./cut-file.ts";
import { FileFault } from "./file-bytes.ts";
import type { ClipFiles } from "./clip-files.ts";
import { openFiles, type OpenFile } from "./open-files.ts";
import { memoryScratch, NoRoom, type OpenScratch, type Scratch } from "./scratch.ts";

/** Reads files and answers questions about those that are open. */
export interface ClipDesk {
  handle(command: ClipCommand): void;
}

export interface ClipDeskSetting {
  readonly reply: (reply: ClipReply) => void;
  readonly openScratch: OpenScratch;
  /** Lets the first picture of an opened file go before the rest of it is read. */
  readonly rest: () => Promise<void>;
}

/** Progress is told in so many steps. */
const steps = 200;

/** All that a file has is of one epoch. */
const epoch = "file";

/** A file that is being read, or open. */
interface FileOnDesk {
  open: OpenFile | undefined;
  bookmarks: readonly Bookmark[];
  scratch: Scratch | undefined;
}

/** Thrown into the reading of a file that nobody wants any more. */
class Unwanted extends Error {}

/** A desk where the page has no worker; what it keeps, it keeps in memory. */
export function deskInMemory({ reply }: Pick<ClipDeskSetting, "reply">): ClipDesk {
  return createClipDesk({ reply, openScratch: async () => memoryScratch(), rest: async () => undefined });
}

export function createClipDesk({ reply, openScratch, rest }: ClipDeskSetting): ClipDesk {
  const desk = new Map<number, FileOnDesk>();
  let cutting: number | undefined;

  /** Tells progress; ends the reading when nobody wants the file any more. */
  function listen(file: number, files: ClipFiles): (bytes: number) => void {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    let told = 0;
    return (bytes) => {
      if (!desk.has(file)) throw new Unwanted();
      if (bytes - told < total / steps && bytes < total) return;
      told = bytes;
      reply({ kind: "read", file, bytes });
    };
  }

  async function show(file: number, files: ClipFiles, on: FileOnDesk): Promise<void> {
    const keep = async () => {
      on.scratch = await openScratch();
      return on.scratch;
    };
    const opened = await openFiles(files, keep, listen(file, files));
    if (!opened.ok) {
      refuse(file, opened.error);
      return;
    }
    on.open = opened.value;
    const { header, range, check, notes } = opened.value;
    reply({ kind: "opened", file, facts: { header, range, oddities: notes.oddities } });
    if (check !== undefined) await rest();
    const checked = check === undefined ? ok(notes) : await check(listen(file, files));
    if (checked.ok) {
      on.bookmarks = checked.value.bookmarks;
      reply({ kind: "checked", file, notes: checked.value });
    } else refuse(file, checked.error);
  }

  async function open(file: number, files: ClipFiles): Promise<void> {
    const on: FileOnDesk = { open: undefined, bookmarks: [], scratch: undefined };
    desk.set(file, on);
    try {
      await show(file, files, on);
    } catch (error: unknown) {
      if (desk.has(file)) refuse(file, whyNot(error));
    }
    // Whoever does not want it any more may have said so before there was anything to remove.
    if (!desk.has(file)) await on.scratch?.remove();
  }

  function close(file: number): void {
    const on = desk.get(file);
    desk.delete(file);
    void on?.scratch?.remove();
  }

  function refuse(file: number, what: string): void {
    const isWanted = desk.has(file);
    close(file);
    if (isWanted) reply({ kind: "refused", file, what });
  }

  async function cut(id: number, file: number, ask: CutAsk): Promise<Result<Blob, string>> {
    const on = desk.get(file);
    if (on?.open === undefined) return err("The file has been closed.");
    const came = (bytes: number): void => {
      if (cutting !== id || !desk.has(file)) throw new Unwanted();
      reply({ kind: "cut-came", id, bytes });
    };
    try {
      return await cutFile(on.open, on.bookmarks, ask, came);
    } catch (error: unknown) {
      return err(whyNot(error));
    }
  }

  return {
    handle(command) {
      switch (command.kind) {
        case "open":
          void open(command.file, command.files);
          break;
        case "close":
          close(command.file);
          break;
        case "question": {
          const { file, id, question } = command;
          void answerTo(desk.get(file)?.open, question).then((answer) =>
            reply({ kind: "answer", id, answer }),
          );
          break;
        }
        case "cut": {
          const { id, file, ask } = command;
          cutting = id;
          void cut(id, file, ask).then((clip) => reply({ kind: "cut-done", id, clip }));
          break;
        }
        case "stop-cut":
          if (cutting === command.id) cutting = undefined;
      }
    },
  };
}

function whyNot(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return error instanceof FileFault || error instanceof NoRoom ? said : `It cannot be read: ${said}.`;
}

async function answerTo(open: OpenFile | undefined, question: ClipQuestion): Promise<ClipAnswer> {
  if (open === undefined) return err({ kind: "none", message: "The file has been closed." });
  switch (question.about) {
    case "overview":
      return ok(open.summary.overview(question.ask, open.range));
    case "groups":
      return ok(groupsIn(open, question.stretch));
    case "text":
      return open.shelf.text(question.group.first);
  }
}

/** Groups that reach into the stretch, and the nearest on either side. */
function groupsIn({ shelf: { groups } }: OpenFile, { from, to }: Stretch): GroupList {
  const first = groups.findLastIndex(({ start }) => start <= from);
  const last = groups.findIndex(({ start }) => start > to);
  return { epoch, groups: groups.slice(Math.max(0, first - 1), last === -1 ? undefined : last + 1) };
}
