import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  readFileSync,
} from "node:fs";
import { join } from "node:path";

import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { SummaryRow } from "#protocol/recording/frame-summary.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import { lockFolder } from "./folder-lock.ts";
import type { GroupContent, GroupInfo } from "../recording.ts";
import { DayFile, type FrameRow } from "./day-file.ts";

export interface RecordingStoreOptions {
  /** Folder of this feed alone. */
  readonly folder: string;
  /** Taken when there is no history to go on with. */
  readonly freshEpoch: string;
  readonly greatestAgeMs: number;
  readonly greatestBytes: number;
}

export interface StoreHead {
  readonly epoch: string;
  readonly oldest: Seq;
  readonly newest: Seq;
  /** Time of the newest frame. */
  readonly newestAt: Millis | undefined;
}

/** A file that could not be opened; it was renamed and everything went on without it. */
export interface SetAside {
  readonly file: string;
  readonly as: string;
  readonly why: string;
}

/** Present while all that was broadcast has been stored: it names the epoch. Whoever finds it missing begins a new one. */
const soundFile = "epoch.json";
/** A second file for a day begins when the first can take no more. */
const fileName = /^\d{4}-\d{2}-\d{2}(\.\d+)?\.db$/;
const dayMs = 86_400_000;
const dayLength = "2026-01-06".length;

/**
 * All frames of one feed, a file for each day. Everything blocks: it lives in a thread of its own.
 *
 * Numbers are never used twice, whatever happens to the files. The epoch lasts across restarts as long as every frame that was broadcast is in the log: two numbers
 * of one epoch then name the same frame to everybody. The mark of that is a file which is removed when a frame cannot be stored (removing takes no room on a
 * full disk) and written again, with the same epoch, once the hole is in the log.
 */
export class RecordingStore {
  readonly setAside: readonly SetAside[];
  readonly #options: RecordingStoreOptions;
  /** By file name without its end, ascending. */
  readonly #days = new Map<string, DayFile>();
  /** Damaged inside: what can be read of it is read, but it takes no more. */
  readonly #full = new Set<DayFile>();
  readonly #epoch: string;
  readonly #unlock: () => void;
  #newest: Seq;
  #newestAt: Millis | undefined;
  #isSound: boolean;

  /** @throws when the folder cannot be made or written to, or another process has it. */
  constructor(options: RecordingStoreOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#unlock = lockFolder(options.folder);
    this.setAside = this.#openDays();
    const newest = this.#newestDay()?.newest;
    this.#newest = newest?.last ?? 0;
    this.#newestAt = newest?.end;
    const kept = this.setAside.length > 0 ? undefined : this.#readEpoch();
    this.#epoch = kept ?? options.freshEpoch;
    this.#isSound = kept !== undefined;
    if (!this.#isSound) this.#markSound();
    this.#forget(this.#newestAt);
  }

  head(): StoreHead {
    const oldest = this.groups()[0]?.first ?? this.#newest + 1;
    return { epoch: this.#epoch, oldest, newest: this.#newest, newestAt: this.#newestAt };
  }

  /** Ascending. */
  groups(): readonly GroupInfo[] {
    return [...this.#days.values()].flatMap(({ groups }) => groups);
  }

  /** Size of all files on the disk. */
  bytes(): number {
    return [...this.#days.values()].reduce((sum, { path }) => sum + fileBytes(path), 0);
  }

  seqOf(id: string): Seq | undefined {
    // What is sent again was sent a moment ago: it is in the newest file, or, about midnight, in the one before.
    for (const day of [...this.#days.values()].slice(-2).toReversed()) {
      const seq = day.seqOf(id);
      if (seq !== undefined) return seq;
    }
    return undefined;
  }

  /**
   * Stores frames in order and returns when they are on the disk. Only a keyframe may leave out numbers.
   * @throws when they do not follow the newest frame, or the disk does not take them; those of one day are then stored all or not at all.
   */
  append(rows: readonly FrameRow[]): void {
    if (rows.length === 0) return;
    this.#checkOrder(rows);
    for (const [day, part] of this.#byDay(rows)) {
      this.#appendToDay(day, part);
      const last = must(part.at(-1));
      this.#newest = last.seq;
      this.#newestAt = last.at;
      if (!this.#isSound && part[0]?.isKey === true) this.#markSound();
    }
    if (rows.some(({ isKey }) => isKey)) this.#forget(this.#newestAt);
  }

  /** The group that holds a frame, or the first one behind it. */
  groupFrom(seq: Seq): GroupContent | undefined {
    return this.#readFirst(({ last }) => last >= seq);
  }

  /** The newest group that begins at or before a moment. */
  groupBefore(at: Millis): GroupContent | undefined {
    const info = this.groups().findLast(({ start }) => start <= at);
    return info === undefined ? undefined : this.#read(info);
  }

  /** The group that begins with this very frame. */
  groupAt(first: Seq): GroupContent | undefined {
    return this.#readFirst((info) => info.first === first);
  }

  /** The summaries of a group's frames; none where they are damaged. */
  summaries(info: GroupInfo): readonly SummaryRow[] {
    try {
      return this.#dayOf(info).summaries(info);
    } catch {
      return [];
    }
  }

  close(): void {
    for (const day of this.#days.values()) closeQuietly(day);
    this.#days.clear();
    this.#unlock();
  }

  #appendToDay(day: string, part: readonly FrameRow[]): void {
    const file = this.#dayFile(day);
    try {
      file.append(part);
    } catch (error: unknown) {
      // The next keyframe begins another file.
      if (isDamage(error)) this.#full.add(file);
      this.#markUnsound();
      throw error;
    }
  }

  #checkOrder(rows: readonly FrameRow[]): void {
    let [seq, at] = [this.#newest, this.#newestAt ?? -Infinity];
    for (const row of rows) {
      const follows = row.isKey ? row.seq > seq : row.seq === seq + 1 && seq > 0;
      if (!follows || row.at <= at) throw new Error(`Frame ${row.seq} does not follow frame ${seq}.`);
      [seq, at] = [row.seq, row.at];
    }
  }

  /** A group stays in the file in which it began, also past midnight. */
  #byDay(rows: readonly FrameRow[]): ReadonlyMap<string, readonly FrameRow[]> {
    const parts = new Map<string, FrameRow[]>();
    let day = [...this.#days.keys()].at(-1)?.slice(0, dayLength) ?? dayOf(must(rows[0]).at);
    for (const row of rows) {
      if (row.isKey) day = dayOf(row.at);
      const part = parts.get(day);
      if (part === undefined) parts.set(day, [row]);
      else part.push(row);
    }
    return parts;
  }

  #dayFile(day: string): DayFile {
    const known = [...this.#days].findLast(([name]) => name.startsWith(day));
    if (known !== undefined && !this.#full.has(known[1])) return known[1];
    const number = known === undefined ? 1 : Number(known[0].slice(dayLength + 1) || 1) + 1;
    const name = number === 1 ? day : `${day}.${number}`;
    const fresh = new DayFile(join(this.#options.folder, `${name}.db`));
    const before = this.#newestDay();
    if (before !== undefined && !this.#full.has(before)) before.seal();
    this.#days.set(name, fresh);
    return fresh;
  }

  #newestDay(): DayFile | undefined {
    return [...this.#days.values()].at(-1);
  }

  #dayOf(info: GroupInfo): DayFile {
    return must(
      [...this.#days.values()].find(({ groups }) => groups.some(({ first }) => first === info.first)),
    );
  }

  #readFirst(matches: (info: GroupInfo) => boolean): GroupContent | undefined {
    const info = this.groups().find(matches);
    return info === undefined ? undefined : this.#read(info);
  }

  #read(info: GroupInfo): GroupContent {
    try {
      return this.#dayOf(info).read(info);
    } catch {
      // SQLite itself says that the page is malformed.
      return { kind: "damaged", info };
    }
  }

  #openDays(): readonly SetAside[] {
    const { folder } = this.#options;
    const setAside: SetAside[] = [];
    const names = readdirSync(folder)
      .filter((file) => fileName.test(file))
      .map((file) => file.slice(0, -".db".length))
      .toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
    for (const name of names) {
      const path = join(folder, `${name}.db`);
      try {
        this.#days.set(name, new DayFile(path));
      } catch (error: unknown) {
        const as = freePath(`${path}.damaged`);
        for (const tail of ["", "-wal", "-shm"]) {
          if (existsSync(`${path}${tail}`)) renameSync(`${path}${tail}`, `${as}${tail}`);
        }
        setAside.push({ file: path, as, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return setAside;
  }

  #readEpoch(): string | undefined {
    try {
      const said: unknown = JSON.parse(readFileSync(join(this.#options.folder, soundFile), "utf8"));
      const epoch = typeof said === "object" && said !== null && "epoch" in said ? said.epoch : undefined;
      return typeof epoch === "string" && /^[\w-]{1,64}$/.test(epoch) ? epoch : undefined;
    } catch {
      return undefined;
    }
  }

  #markSound(): void {
    const path = join(this.#options.folder, soundFile);
    try {
      writeFileSync(`${path}.new`, `${JSON.stringify({ epoch: this.#epoch })}\n`, {
        mode: 0o600,
        flush: true,
      });
      renameSync(`${path}.new`, path);
      this.#isSound = true;
    } catch {
      this.#isSound = false;
    }
  }

  #markUnsound(): void {
    if (!this.#isSound) return;
    this.#isSound = false;
    rmSync(join(this.#options.folder, soundFile), { force: true });
  }

  /** Removes the oldest days that are too old or too much; never the newest. */
  #forget(now: Millis | undefined): void {
    if (now === undefined) return;
    const { greatestAgeMs, greatestBytes } = this.#options;
    while (this.#days.size > 1) {
      const [day, file] = must([...this.#days][0]);
      const isOld = Date.parse(`${day.slice(0, dayLength)}T00:00:00Z`) + dayMs < now - greatestAgeMs;
      if (!isOld && this.bytes() <= greatestBytes) return;
      closeQuietly(file);
      this.#days.delete(day);
      for (const tail of ["", "-wal", "-shm"]) rmSync(`${file.path}${tail}`, { force: true });
    }
  }
}

/** What SQLite says of a file whose pages make no sense. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB");
}

/** A damaged file may refuse even that; there is nothing to be done about it, and its frames are as safe as before. */
function closeQuietly(file: DayFile): void {
  try {
    file.close();
  } catch {
    // See above.
  }
}

function dayOf(at: Millis): string {
  return new Date(at).toISOString().slice(0, 10);
}

function fileBytes(path: string): number {
  let sum = 0;
  for (const tail of ["", "-wal"]) if (existsSync(`${path}${tail}`)) sum += statSync(`${path}${tail}`).size;
  return sum;
}

function freePath(wanted: string): string {
  let path = wanted;
  for (let n = 2; existsSync(path); n += 1) path = `${wanted}-${n}`;
  return path;
}
