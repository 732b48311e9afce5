/** One figure of a bench, with the bar that it must reach. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar: number;
  readonly better: "less" | "more";
  readonly note?: string;
}

/** Measures three times and keeps, of each row, the one with the median value. */
export async function medianOfThree(
  measure: () => Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  const runs = [await measure(), await measure(), await measure()] as const;
  return runs[0].map((first, at) => {
    const same = runs.map((rows) => rows[at] ?? first).toSorted((a, b) => a.value - b.value);
    return same[1] ?? first;
  });
}

export function isMet({ value, bar, better }: BenchRow): boolean {
  return better === "less" ? value <= bar : value >= bar;
}
