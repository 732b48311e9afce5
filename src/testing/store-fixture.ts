import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { must } from "#base/assert.ts";
import type { RecordingStoreOptions } from "#server/log/sqlite/recording-store.ts";
import { SqliteLog, type OnDamage, type OnRemoved } from "#server/log/sqlite/sqlite-log.ts";
import { localLine, openStore, type StoreLine } from "#server/log/sqlite/store-client.ts";

/** A folder that is there until `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "spillway-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let epochs = 0;

export function storeOptions(
  folder: string,
  change: Partial<RecordingStoreOptions> = {},
): RecordingStoreOptions {
  epochs += 1;
  return {
    folder,
    freshEpoch: `epoch-${epochs}`,
    greatestAgeMs: Number.MAX_SAFE_INTEGER,
    greatestBytes: Number.MAX_SAFE_INTEGER,
    ...change,
  };
}

/** A log in a folder, in this thread unless another line is given. */
export async function openLog(
  options: RecordingStoreOptions,
  onDamage: OnDamage = () => {},
  line: StoreLine = localLine(),
  onRemoved: OnRemoved = () => {},
): Promise<SqliteLog> {
  const store = await openStore(options, line);
  return new SqliteLog(must(store.ok ? store.value : undefined, "the store opens"), onDamage, onRemoved);
}
