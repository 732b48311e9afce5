import type { Millis } from "#base/time.ts";

/** Room of a small chart in its own units; the picture is stretched to fit. */
export const chart = { width: 300, height: 40 } as const;

export interface ChartScale {
  readonly from: Millis;
  readonly to: Millis;
  /** Value at the upper edge; the lower one is 0. */
  readonly most: number;
}

/** Less time than this is not stretched over the whole width: a few seconds would look like a trend. */
const leastSpanMs = 60_000;

/** `least`: the upper edge is not below it, so that little stays little. */
export function chartScale(at: readonly Millis[], values: readonly number[], least = 0): ChartScale {
  const to = at.at(-1) ?? 0;
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return { from: Math.min(at[0] ?? 0, to - leastSpanMs), to, most: Math.max(most * 1.08, least) || 1 };
}

/** SVG path of a line; where a value is not known the line is interrupted. With `isArea` each piece is closed along the lower edge. */
export function linePath(
  at: readonly Millis[],
  values: readonly number[],
  scale: ChartScale,
  isArea = false,
): string {
  let path = "";
  let first = NaN;
  let last = NaN;
  const close = (): void => {
    if (isArea && !Number.isNaN(first)) path += `L${last} ${chart.height}L${first} ${chart.height}Z`;
    first = NaN;
  };
  at.forEach((moment, i) => {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) {
      close();
      return;
    }
    const x = round(((moment - scale.from) / Math.max(1, scale.to - scale.from)) * chart.width);
    const y = round(chart.height - (value / scale.most) * chart.height);
    path += `${Number.isNaN(first) ? "M" : "L"}${x} ${y}`;
    if (Number.isNaN(first)) first = x;
    last = x;
  });
  close();
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Least, greatest and last of what is known; undefined where nothing is. */
export function rangeOf(
  values: readonly number[],
): { readonly least: number; readonly most: number; readonly now: number } | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const now = known.at(-1);
  if (now === undefined) return undefined;
  return { least: Math.min(...known), most: Math.max(...known), now };
}
