/** One figure of a bench, with the bar that it must reach. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar: number;
  readonly better: "less" | "more";
  readonly note?: string;
}
