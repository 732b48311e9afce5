import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";

import type { GroupInfo, GroupList, Stretch } from "./recording-source.ts";

/** Which groups there are in a part of the past: as far as has been asked. */
export class GroupIndex {
  #epoch: string | undefined;
  #groups: readonly GroupInfo[] = [];
  /** No group in here is unknown. */
  #covered: Stretch | undefined;

  get epoch(): string | undefined {
    return this.#epoch;
  }

  /** Ascending. */
  get groups(): readonly GroupInfo[] {
    return this.#groups;
  }

  covers({ from, to }: Stretch): boolean {
    return this.#covered !== undefined && this.#covered.from <= from && to <= this.#covered.to;
  }

  /** The place of the last group that begins at or before a moment; -1 where none does. */
  lastFrom(at: Millis): number {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (must(this.#groups[middle]).start <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** What to ask for where a stretch is not covered: it and its surroundings, but for what is known already. */
  unknownAround({ from, to }: Stretch, marginMs: Millis): Stretch {
    const wide = { from: from - marginMs, to: to + marginMs };
    const covered = this.#covered;
    if (covered === undefined) return wide;
    const isKnown = (at: Millis): boolean => covered.from <= at && at <= covered.to;
    return {
      from: isKnown(wide.from) ? covered.to : wide.from,
      to: isKnown(wide.to) ? covered.from : wide.to,
    };
  }

  /** The end of what is known around a moment. */
  knownTo(at: Millis): Millis | undefined {
    const covered = this.#covered;
    return covered !== undefined && covered.from <= at && at <= covered.to ? covered.to : undefined;
  }

  /**
   * Takes an answer over. `end` is the newest recorded moment when the question was asked: what came later is not in the answer.
   * True when it is of another epoch than all before.
   */
  add({ epoch, groups }: GroupList, asked: Stretch, end: Millis): boolean {
    const isOther = this.#epoch !== undefined && this.#epoch !== epoch;
    const [first, last] = [groups[0], groups.at(-1)];
    const covered = {
      // Nothing precedes the first that is named when it begins inside: a neighbour would have been named too.
      from: first === undefined || first.start > asked.from ? -Infinity : first.start,
      to: Math.max(Math.min(asked.to, end), last?.end ?? -Infinity),
    };
    const before = this.#covered;
    const touches =
      !isOther && before !== undefined && before.from <= covered.to && covered.from <= before.to;
    const known = new Map(touches ? this.#groups.map((group) => [group.first, group]) : []);
    for (const group of groups) known.set(group.first, group);
    this.#epoch = epoch;
    this.#groups = [...known.values()].toSorted((a, b) => a.first - b.first);
    this.#covered = touches
      ? { from: Math.min(before.from, covered.from), to: Math.max(before.to, covered.to) }
      : covered;
    return isOther;
  }
}
