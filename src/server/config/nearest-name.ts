/** The known name that a mistyped one most likely stands for, or undefined when none is near. */
export function nearestName(mistyped: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(mistyped.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(2, mistyped.length / 3) ? best.name : undefined;
}

/** " Did you mean x?", or nothing. */
export function didYouMean(mistyped: string, known: readonly string[]): string {
  const name = nearestName(mistyped, known);
  return name === undefined ? "" : ` Did you mean ${name}?`;
}

/** Levenshtein's: how many letters must be added, removed or replaced. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
