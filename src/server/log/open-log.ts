import { join } from "node:path";

import type { Clock } from "#base/time.ts";

import type { Past } from "../clips/open-past.ts";
import type { FeedLog } from "./feed-log.ts";
import { MemoryLog } from "./memory-log.ts";
import type { Recording } from "./recording.ts";
import { ReplayLog } from "./replay-log.ts";
import type { SetAside } from "./sqlite/recording-store.ts";
import { SqliteLog } from "./sqlite/sqlite-log.ts";
import { openStore, storeLine } from "./sqlite/store-client.ts";

/** The log in memory keeps ten minutes at 1 Hz: enough to bring back whoever lost the connection for a while. */
const memoryBounds = { greatestFrames: 600, greatestBytes: 128 * 1024 * 1024 };

export interface LogOptions {
  readonly feed: string;
  readonly isRecorded: boolean;
  readonly dataFolder: string;
  readonly keepMs: number;
  readonly keepBytes: number;
  readonly freshEpoch: string;
  /** What was recorded elsewhere and is played here: nothing is recorded again. */
  readonly past: Past | undefined;
  readonly clock: Clock;
  readonly watch: LogWatch;
}

export interface LogWatch {
  readonly onNotRecorded: (why: string) => void;
  readonly onSetAside: (file: SetAside) => void;
  readonly onDamage: (first: number, last: number, why: string) => void;
  readonly onRemoved: (first: number, last: number) => void;
}

export interface OpenedLog {
  readonly log: FeedLog;
  /** Absent where nothing is kept on the disk. */
  readonly recording: Recording | undefined;
}

/** The log of a feed: on the disk, or, where that is not wanted or not possible, in memory. A server always starts. */
export async function openLog(options: LogOptions): Promise<OpenedLog> {
  const { feed, isRecorded, dataFolder, keepMs, keepBytes, freshEpoch, past, clock, watch } = options;
  const inMemory = { log: new MemoryLog({ epoch: freshEpoch, ...memoryBounds }), recording: undefined };
  if (past !== undefined) {
    return { log: new ReplayLog(inMemory.log, past.log), recording: past.recording };
  }
  if (!isRecorded) return inMemory;
  const folder = feedFolder(dataFolder, feed);
  const store = await openStore(
    { folder, freshEpoch, greatestAgeMs: keepMs, greatestBytes: keepBytes },
    storeLine(),
  );
  if (!store.ok) {
    watch.onNotRecorded(store.error);
    return inMemory;
  }
  const { head, setAside } = store.value.opened;
  for (const file of setAside) watch.onSetAside(file);
  if (head.newestAt !== undefined && head.newestAt > clock.now()) {
    await store.value.ask({ ask: "close" });
    const until = new Date(head.newestAt).toISOString();
    watch.onNotRecorded(
      `The recording in ${folder} ends at ${until}, which is later than this machine's clock. Set the clock right, or name another folder with --data.`,
    );
    return inMemory;
  }
  const log = new SqliteLog(store.value, watch.onDamage, watch.onRemoved);
  return { log, recording: log.recording };
}

/** Where everything about a feed is kept. */
export function feedFolder(dataFolder: string, feed: string): string {
  return join(dataFolder, "recordings", folderName(feed));
}

/** A name that every file system takes, another for every feed. */
function folderName(feed: string): string {
  return feed.replaceAll(/[^\w-]/g, (letter) => `%${letter.codePointAt(0)?.toString(16) ?? ""}`);
}
