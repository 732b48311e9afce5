import { gzipSync } from "node:zlib";

import type { Millis } from "#base/time.ts";
import { readSummaryRow, type SummaryRow } from "#protocol/recording/frame-summary.ts";
import { groupText } from "#protocol/recording/group-text.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { GroupContent, GroupInfo } from "../recording.ts";
import { rowCrc } from "./row-crc.ts";
import { blobOf, numberOf, SqliteFile, type Row } from "./sqlite-file.ts";

/** A frame on its way to the disk. */
export interface FrameRow {
  readonly seq: Seq;
  readonly at: Millis;
  readonly isKey: boolean;
  readonly id: string;
  readonly line: string;
  readonly summary: SummaryRow;
}

const formatVersion = 1;

/**
 * No TEXT, and a CAST around whatever is read: where a bit has flipped, a BLOB may look like a text that is no UTF-8, and on that the driver ends the process.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS frames (seq INTEGER PRIMARY KEY, at REAL NOT NULL, is_key INTEGER NOT NULL,
    line BLOB NOT NULL, summary BLOB NOT NULL, crc INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS groups (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, start REAL NOT NULL,
    finish REAL NOT NULL, chunk BLOB NOT NULL, summary BLOB NOT NULL, crc INTEGER NOT NULL, summary_crc INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS ids (id BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
`;

/**
 * The frames of one day (UTC), in one file. The open group stands in `frames`, a row each; when the next keyframe comes, it becomes one row of `groups`:
 * the very chunk that viewers fetch.
 */
export class DayFile {
  readonly path: string;
  readonly #file: SqliteFile;
  #groups: GroupInfo[];
  #open: GroupInfo | undefined;

  /** @throws when the file is damaged so that it cannot be opened, or is of a newer version. */
  constructor(path: string) {
    this.path = path;
    this.#file = new SqliteFile(path, schema);
    try {
      this.#checkVersion();
      this.#groups = this.#file
        .all(
          `SELECT ${asInteger("first", "last")}, ${asReal("start", "finish")}, CAST(length(chunk) AS INTEGER) AS bytes FROM groups ORDER BY first`,
        )
        .map(groupInfo);
      this.#open = this.#readOpen();
    } catch (error: unknown) {
      this.#file.close();
      throw error;
    }
  }

  /** Ascending; the open group last. */
  get groups(): readonly GroupInfo[] {
    return this.#open === undefined ? this.#groups : [...this.#groups, this.#open];
  }

  get newest(): GroupInfo | undefined {
    return this.#open ?? this.#groups.at(-1);
  }

  /**
   * Stores frames that follow the newest one, all or none; durable when it returns. A keyframe closes the open group.
   * @throws when the disk does not take them; everything then is as it was.
   */
  append(rows: readonly FrameRow[]): void {
    let groups = this.#groups;
    let open = this.#open;
    this.#file.transaction(() => {
      for (const row of rows) {
        if (row.isKey && open !== undefined) {
          const closed = this.#closeOpen(open);
          if (closed !== undefined) groups = [...groups, closed];
          open = undefined;
        }
        this.#insert(row);
        open = {
          first: open?.first ?? row.seq,
          last: row.seq,
          start: open?.start ?? row.at,
          end: row.at,
          bytes: 0,
        };
      }
    });
    this.#groups = groups;
    this.#open = open;
  }

  /** The number of the frame with that id, when it is here. */
  seqOf(id: string): Seq | undefined {
    const seq = this.#file.get(`SELECT ${asInteger("seq")} FROM ids WHERE id = CAST(? AS BLOB)`, id)?.["seq"];
    return typeof seq === "number" ? seq : undefined;
  }

  read(info: GroupInfo): GroupContent {
    if (info === this.#open) {
      const rows = this.#goodOpenRows();
      return rows.length === 0
        ? { kind: "damaged", info }
        : { kind: "lines", info, lines: rows.map(({ line }) => line) };
    }
    const row = this.#file.get(
      `SELECT ${asInteger("last", "crc")}, ${asReal("start", "finish")}, ${asBlob("chunk")} FROM groups WHERE first = ?`,
      info.first,
    );
    const chunk = row === undefined ? undefined : blobOf(row, "chunk");
    if (row === undefined || chunk === undefined) return { kind: "damaged", info };
    const isRight =
      rowCrc(chunk, info.first, numberOf(row, "last"), numberOf(row, "start"), numberOf(row, "finish")) ===
      row["crc"];
    return isRight ? { kind: "chunk", info, chunk: new Uint8Array(chunk) } : { kind: "damaged", info };
  }

  /** The summaries of a group's frames; empty where they are damaged. */
  summaries(info: GroupInfo): readonly SummaryRow[] {
    if (info === this.#open)
      return this.#goodOpenRows()
        .map(({ summary }) => parseSummary(summary))
        .filter(isDefined);
    const row = this.#file.get(
      `SELECT ${asBlob("summary")}, ${asInteger("summary_crc")} FROM groups WHERE first = ?`,
      info.first,
    );
    const summary = row === undefined ? undefined : blobOf(row, "summary");
    if (summary === undefined || rowCrc(summary, info.first) !== row?.["summary_crc"]) return [];
    return parseSummaries(textOf(summary));
  }

  /** Packs the open group, as at the end of a day: nothing follows it in this file. */
  seal(): void {
    const open = this.#open;
    if (open !== undefined) {
      let closed: GroupInfo | undefined;
      this.#file.transaction(() => {
        closed = this.#closeOpen(open);
      });
      this.#groups = closed === undefined ? this.#groups : [...this.#groups, closed];
      this.#open = undefined;
    }
    this.#file.checkpoint();
  }

  close(): void {
    try {
      // A file that stands alone can be copied and sent; what is in the write-ahead log is safe anyway.
      this.#file.checkpoint();
    } finally {
      this.#file.close();
    }
  }

  #checkVersion(): void {
    const version = this.#file.version();
    if (version === 0) this.#file.setVersion(formatVersion);
    else if (version !== formatVersion) {
      throw new Error(`${this.path} was written by another version of Spillway (format ${version}).`);
    }
  }

  #insert({ seq, at, isKey, id, line, summary }: FrameRow): void {
    const bytes = Buffer.from(line);
    const said = Buffer.from(JSON.stringify(summary));
    this.#file.run(
      "INSERT INTO frames (seq, at, is_key, line, summary, crc) VALUES (?, ?, ?, ?, ?, ?)",
      seq,
      at,
      isKey ? 1 : 0,
      bytes,
      said,
      frameCrc(bytes, seq, at, said),
    );
    this.#file.run("INSERT INTO ids (id, seq) VALUES (?, ?)", Buffer.from(id), seq);
  }

  /** Makes one row of the open group; what of it is damaged, and all behind that, is left out and shows as a gap. */
  #closeOpen(open: GroupInfo): GroupInfo | undefined {
    const rows = this.#goodOpenRows();
    const [first] = rows;
    const last = rows.at(-1);
    this.#file.run("DELETE FROM frames WHERE seq <= ?", open.last);
    if (first === undefined || last === undefined) return undefined;
    const chunk = gzipSync(groupText(rows.map(({ line }) => line)), { level: 6 });
    const summary = Buffer.from(`[${rows.map((row) => row.summary).join(",")}]`);
    this.#file.run(
      "INSERT INTO groups (first, last, start, finish, chunk, summary, crc, summary_crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      first.seq,
      last.seq,
      first.at,
      last.at,
      chunk,
      summary,
      rowCrc(chunk, first.seq, last.seq, first.at, last.at),
      rowCrc(summary, first.seq),
    );
    return { first: first.seq, last: last.seq, start: first.at, end: last.at, bytes: chunk.length };
  }

  /** What a run before this one has left open, up to the first damage. */
  #readOpen(): GroupInfo | undefined {
    const rows = this.#goodOpenRows();
    const [first] = rows;
    const last = this.#file.get(
      `SELECT ${asInteger("seq")}, ${asReal("at")} FROM frames ORDER BY seq DESC LIMIT 1`,
    );
    if (last === undefined) return undefined;
    const newest = numberOf(last, "seq");
    // Numbers are never used twice, so that the newest counts even where it cannot be read.
    return {
      first: first?.seq ?? newest,
      last: newest,
      start: first?.at ?? numberOf(last, "at"),
      end: rows.at(-1)?.at ?? numberOf(last, "at"),
      bytes: 0,
    };
  }

  #goodOpenRows(): readonly { seq: Seq; at: Millis; line: string; summary: string }[] {
    const rows: { seq: Seq; at: Millis; line: string; summary: string }[] = [];
    const rowsOf = `SELECT ${asInteger("seq", "is_key", "crc")}, ${asReal("at")}, ${asBlob("line", "summary")} FROM frames ORDER BY seq`;
    for (const row of this.#file.all(rowsOf)) {
      const summary = blobOf(row, "summary");
      const line = blobOf(row, "line");
      const [seq, at] = [numberOf(row, "seq"), numberOf(row, "at")];
      const before = rows.at(-1);
      const follows = before === undefined ? row["is_key"] === 1 : seq === before.seq + 1;
      if (!follows || line === undefined || summary === undefined) break;
      if (frameCrc(line, seq, at, summary) !== row["crc"]) break;
      rows.push({ seq, at, line: textOf(line), summary: textOf(summary) });
    }
    return rows;
  }
}

function frameCrc(line: Uint8Array, seq: Seq, at: Millis, summary: Uint8Array): number {
  return rowCrc(line, seq, at, rowCrc(summary, seq));
}

const asInteger = (...columns: readonly string[]) => cast(columns, "INTEGER");
const asReal = (...columns: readonly string[]) => cast(columns, "REAL");
const asBlob = (...columns: readonly string[]) => cast(columns, "BLOB");

function cast(columns: readonly string[], type: string): string {
  return columns.map((column) => `CAST(${column} AS ${type}) AS ${column}`).join(", ");
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function groupInfo(row: Row): GroupInfo {
  return {
    first: numberOf(row, "first"),
    last: numberOf(row, "last"),
    start: numberOf(row, "start"),
    end: numberOf(row, "finish"),
    bytes: numberOf(row, "bytes"),
  };
}

function parseSummary(text: string): SummaryRow | undefined {
  return readSummaryRow(JSON.parse(text));
}

function parseSummaries(text: string): readonly SummaryRow[] {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows.map((row) => readSummaryRow(row)).filter(isDefined) : [];
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
