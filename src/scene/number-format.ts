/** Numbers as people read them at a glance: three significant digits, thousands as k, M, G. One place, so that canvas, panel and table agree. */
export function formatRate(rate: number): string {
  if (Number.isNaN(rate)) return "–";
  const size = Math.abs(rate);
  if (size === 0) return "0";
  for (const { from, unit } of units) {
    // The rounding decides the unit: 999.96 is "1k", not "1000".
    if (Number((size / from).toPrecision(3)) >= 1) return threeDigits(rate / from) + unit;
  }
  return size < 0.01 ? (rate < 0 ? "> −0.01" : "< 0.01") : String(Number(rate.toFixed(2)));
}

const units = [
  { from: 1e9, unit: "G" },
  { from: 1e6, unit: "M" },
  { from: 1e3, unit: "k" },
  { from: 1, unit: "" },
] as const;

function threeDigits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size >= 100) return rounded.toFixed(0);
  const text = rounded.toFixed(size >= 10 ? 1 : 2);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A share of 0 to 1 as per cent: "0.21 %", "12.3 %"; "< 0.01 %" rather than a zero that is none. */
export function formatShare(share: number): string {
  if (Number.isNaN(share)) return "–";
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.01) return "< 0.01 %";
  if (percent < 10) return `${percent.toFixed(2)} %`;
  return `${percent.toFixed(percent < 99.95 ? 1 : 0)} %`;
}

/** "12 ms", "1.25 s"; an en dash when nothing was measured. */
export function formatLatency(ms: number): string {
  if (Number.isNaN(ms)) return "–";
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** "3 s", "22 min", "5 h", "12 d": the largest unit that fits, rounded down. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** A length of time as it was meant: "500 ms", "1.5 s", "5 min". */
export function formatSpan(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toPrecision(3))} s`;
  return `${Number((ms / 60_000).toPrecision(3))} min`;
}
