import { join } from "node:path";

import Database from "libsql";

/**
 * Keeps a folder for this process alone, until it is released or the process ends in whatever way: the lock is the operating system's, on a file that an open
 * transaction of SQLite holds.
 * @throws with a sentence when another process has the folder.
 */
export function lockFolder(folder: string): () => void {
  const database = new Database(join(folder, "recording.lock"));
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error: unknown) {
    database.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) {
      throw new Error(
        `Another Spillway records into ${folder}. Stop it, or name another folder with --data.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
  return () => database.close();
}
