import { changeKinds, type ChangeKind, type ItemChange } from "#domain/compare-snapshots.ts";
import { formatRate } from "#scene/number-format.ts";
import { countOf, fill, texts } from "#store/texts.ts";

const { compare } = texts;

/** A change in a sentence; `time` is the other moment. Empty where nothing has changed. */
export function changeText({ kind, before, after }: ItemChange, time: string): string {
  if (kind === "same") return "";
  return fill(compare.changes[kind], {
    time,
    before: formatRate(before?.volume ?? 0),
    after: formatRate(after?.volume ?? 0),
  });
}

/** A change as it is read out in a list; empty where nothing has changed. */
export function spokenChange(change: ItemChange | undefined): string {
  if (change === undefined || change.kind === "same") return "";
  return fill(compare.spoken[change.kind], {
    before: formatRate(change.before?.volume ?? 0),
    after: formatRate(change.after?.volume ?? 0),
  });
}

/** "2 new", "1 gone": how many there are of each kind that there is. */
export function countedChanges(counts: Readonly<Record<ChangeKind, number>>): readonly string[] {
  return changeKinds
    .filter((kind) => kind !== "same" && counts[kind] > 0)
    .map((kind) => countOf({ one: compare.kindCounts[kind], other: compare.kindCounts[kind] }, counts[kind]));
}
