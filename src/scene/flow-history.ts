import { greatestMotionSpeed, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";

import type { FlowRow } from "./flow-columns.ts";
import { bucketCount, bucketMs } from "./flow-law.ts";

/**
 * Which row of rates held when a dot left the source. One entry per bucket of motion time; `rowOf[bucket & 15]` is the position of the row in
 * `rows`. While time runs it fills one entry per bucket; after a jump it fills them all from the frames before the moment, so that the picture is the
 * same however one got there.
 */
export class FlowHistory {
  /** Known rows, oldest first; those that no bucket can need any more have been dropped. */
  rows: readonly FlowRow[] = [];
  /** For each bucket (motion time >>> 10, modulo 16) the row that held at its beginning, undefined where nothing flowed yet. */
  readonly rowOf: (FlowRow | undefined)[] = Array.from({ length: bucketCount });
  /** Changes whenever `rowOf` does. */
  version = 0;
  #newest = NaN;

  /** Takes all rows of the frames around now, sorted by `at`. What has left the source keeps its rate: entries that stand are not touched. */
  setRows(rows: readonly FlowRow[]): void {
    this.rows = rows;
  }

  /** Takes one more row, newer than all others, and drops those that no moment from `keepFrom` on can need. */
  addRow(row: FlowRow, keepFrom: Millis): void {
    const needed = this.rows.findLastIndex(({ at }) => at <= keepFrom);
    this.rows = [...this.rows.slice(Math.max(0, needed)), row];
  }

  /** Forgets what was under way: for seeks, pauses and changes of what is on screen. */
  restart(): void {
    this.#newest = NaN;
  }

  /** Brings the table up to a wall moment. Motion that has jumped by more than the table holds starts it anew. */
  advance(map: TimeMap, wall: Millis): void {
    const now = Math.floor(motionTimeAt(map, wall) / bucketMs);
    if (now === this.#newest) return;
    const first =
      now - this.#newest < bucketCount && now > this.#newest ? this.#newest + 1 : now - bucketCount + 1;
    for (let bucket = first; bucket <= now; bucket += 1) {
      this.rowOf[bucket & (bucketCount - 1)] = this.#rowAt(dataTimeOfMotion(map, bucket * bucketMs));
    }
    this.#newest = now;
    this.version += 1;
  }

  /** What was before the first frame is taken to have been like it: a page that opens shows streams, not their beginnings. */
  #rowAt(data: Millis): FlowRow | undefined {
    return this.rows.findLast((row) => row.at <= data) ?? this.rows[0];
  }
}

/** The data time at which motion time was, or will be, at a value; before the map's beginning both ran equally. */
function dataTimeOfMotion(map: TimeMap, motion: Millis): Millis {
  const since = motion - map.motionAt;
  if (since <= 0) return map.dataAt + since;
  const ratio = map.speed > greatestMotionSpeed ? map.speed / greatestMotionSpeed : 1;
  return Math.min(map.holdAt, map.dataAt + since * ratio);
}
