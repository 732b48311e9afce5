import { formatRate, formatSpan } from "#scene/number-format.ts";
import type { FlowScale } from "#scene/flow-scale.ts";
import { countOf, fill, texts } from "#store/texts.ts";

const { legend } = texts;

/** What a dot is worth: "1 dot = 100 requests", or "10 dots = 1 request" where a request is more than one. */
export function worthText({ mode, worth }: FlowScale): string {
  if (mode === "logarithmic") return legend.logarithmic;
  if (worth >= 1) return fill(legend.dot, { worth: countOf(legend.requests, worth) });
  return fill(legend.dots, { count: Math.round(1 / worth) });
}

/** How rates become dots, in a sentence. */
export function scaleText({ mode, worth }: FlowScale): string {
  return mode === "linear" ? legend.linearLong : fill(legend.logarithmicLong, { worth: formatRate(worth) });
}

/** How often a dot comes where there would be fewer. */
export function floorText({ floorPerSecond }: FlowScale): string {
  return fill(legend.floor, { span: formatSpan(1000 / floorPerSecond) });
}

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

/** "2nd", where half of the dots are drawn; undefined where all are. */
export function thinnedOrdinal(thinning: number): string | undefined {
  if (thinning >= 1) return undefined;
  const count = Math.round(1 / thinning);
  const form = ordinals.select(count);
  const forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = legend.ordinals;
  return fill(forms[form] ?? legend.ordinals.other, { count });
}
