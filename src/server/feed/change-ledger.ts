import { valuesAt, type SnapshotDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Seq } from "#protocol/recording/recorded-frame.ts";

/**
 * Remembers for every slot when it last changed, so that one delta from any earlier frame to the newest can be made at any time: as much work
 * for a viewer that is 3 frames behind as for one that is 300, and no history is kept for it.
 */
export class ChangeLedger {
  /** Frame of the last change of nodes, edges or classes: no delta of slots reaches across it. */
  #structureAt: Seq = 0;
  #noticesAt: Seq = 0;
  /** Last change of what is said of a drill, its beginning and its end included. */
  #simulatedAt: Seq = 0;
  #changedAt = new Float64Array();

  /** `delta` leads to the frame `seq`, which is `snapshot`; undefined for the first frame. */
  record(seq: Seq, delta: SnapshotDelta | undefined, snapshot: TrafficSnapshot): void {
    if (delta === undefined || delta.patch !== undefined) {
      this.#structureAt = seq;
      this.#noticesAt = seq;
      this.#simulatedAt = seq;
      this.#changedAt = new Float64Array(snapshot.values.length).fill(seq);
      return;
    }
    if (delta.notices !== undefined) this.#noticesAt = seq;
    if (delta.simulated !== undefined) this.#simulatedAt = seq;
    for (const slot of delta.index) this.#changedAt[slot] = seq;
  }

  /** What changed after frame `from`, as one delta to the newest frame `head`; undefined when only the whole can tell. */
  since(from: Seq, head: TrafficSnapshot): SnapshotDelta | undefined {
    if (from < this.#structureAt) return undefined;
    const slots: number[] = [];
    this.#changedAt.forEach((seq, slot) => {
      if (seq > from) slots.push(slot);
    });
    const index = Uint32Array.from(slots);
    const { at, windowMs, notices, simulated = "measured" } = head;
    return {
      at,
      windowMs,
      index,
      value: valuesAt(head.values, index),
      ...(this.#noticesAt > from ? { notices } : {}),
      ...(this.#simulatedAt > from ? { simulated } : {}),
    };
  }
}
