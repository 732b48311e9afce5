import Database from "libsql";

type Value = string | number | Buffer | null;
export type Row = Readonly<Record<string, unknown>>;

/** One SQLite database, with the statements that were used prepared. Everything blocks: it belongs into a thread of its own. */
export class SqliteFile {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** @throws when the file is no database or cannot be opened. */
  constructor(path: string, schema: string) {
    this.path = path;
    this.#db = new Database(path);
    try {
      // What is committed is on the disk, and a reader never waits for the writer.
      this.#db.pragma("journal_mode = WAL");
      this.#db.pragma("synchronous = FULL");
      this.#db.exec(schema);
    } catch (error: unknown) {
      this.#db.close();
      throw error;
    }
  }

  run(sql: string, ...values: readonly Value[]): void {
    this.#prepared(sql).run(...values);
  }

  all(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#prepared(sql)
      .all(...values)
      .filter((row): row is Row => typeof row === "object" && row !== null);
  }

  get(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.all(sql, ...values)[0];
  }

  /** All or nothing; durable when it returns. */
  transaction(write: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      write();
      this.#db.exec("COMMIT");
    } catch (error: unknown) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** A number that the file carries for its owner; 0 in a fresh one. */
  version(): number {
    const row = this.all("PRAGMA user_version")[0];
    return row === undefined ? 0 : numberOf(row, "user_version");
  }

  setVersion(version: number): void {
    this.#db.exec(`PRAGMA user_version = ${version}`);
  }

  /** Writes what stands in the write-ahead log into the file itself. */
  checkpoint(): void {
    this.#db.pragma("wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** The bytes of a BLOB: the driver gives them in one form or another. */
export function blobOf(row: Row, name: string): Uint8Array | undefined {
  const value = row[name];
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return value instanceof Uint8Array ? value : undefined;
}

export function numberOf(row: Row, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : NaN;
}
