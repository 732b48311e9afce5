import type { PresetOptions } from "./query-plan.ts";

/** Writes PromQL in the words of one source: its metric names, its labels, its window. */
export class PromqlWriter {
  readonly #options: PresetOptions;

  constructor(options: PresetOptions) {
    this.#options = options;
  }

  /** The name that the series have for a label. */
  label(name: string): string {
    return this.#options.labels.get(name) ?? name;
  }

  /** The name that the series have for a metric. */
  metric(name: string): string {
    return this.#options.metricPrefix + name;
  }

  /** A selector: `name{matchers}`, the source's own matchers last. */
  select(
    metric: string,
    matchers: readonly (readonly [label: string, operator: string, value: string])[] = [],
  ): string {
    const own = matchers.map(([label, operator, value]) => `${this.label(label)}${operator}"${value}"`);
    const all = [...own, ...(this.#options.matchers === undefined ? [] : [this.#options.matchers])];
    return `${this.metric(metric)}${all.length === 0 ? "" : `{${all.join(",")}}`}`;
  }

  /** Counts per second: `sum by (labels) (rate(selector[window]))`. A counter that begins again at 0 is no fall: that is what rate() is for. */
  rate(selector: string, by: readonly string[]): string {
    return this.sum(`rate(${selector}[${this.window}])`, by);
  }

  sum(expression: string, by: readonly string[]): string {
    return `sum by (${this.#by(by)}) (${expression})`;
  }

  max(selector: string, by: readonly string[]): string {
    return `max by (${this.#by(by)}) (${selector})`;
  }

  /** A quantile of a histogram, by its name without `_bucket`. */
  quantile(
    quantile: string,
    histogram: string,
    matchers: readonly (readonly [string, string, string])[],
    by: readonly string[],
  ): string {
    const isNative = this.#options.hasNativeHistograms;
    const selector = this.select(isNative ? histogram : `${histogram}_bucket`, matchers);
    return `histogram_quantile(${quantile}, ${this.rate(selector, isNative ? by : ["le", ...by])})`;
  }

  /** "90s": whole seconds, or milliseconds where there are fractions. */
  get window(): string {
    const { windowMs } = this.#options;
    return windowMs % 1000 === 0 ? `${windowMs / 1000}s` : `${Math.round(windowMs)}ms`;
  }

  #by(labels: readonly string[]): string {
    const names = labels.map((name) => this.label(name));
    const all = new Set([...names, this.#options.externalRegionLabel]);
    return [...all].join(", ");
  }
}
