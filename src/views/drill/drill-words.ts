import type { DrillStage } from "#domain/drill-info.ts";
import { formatRate, formatShare, formatSpan } from "#scene/number-format.ts";
import type { CapacitySource, Interval } from "#simulation/forecast/forecast.ts";
import type { EvacuationPolicy } from "#simulation/plan/evacuation-policy.ts";
import type { DrillEvent, DrillResult } from "#simulation/session/drill-session.ts";
import { drillWords } from "#store/drill-words.ts";
import { fill, texts } from "#store/texts.ts";

/** Shares as whole per cents: a forecast knows no more. */
export function wholePercent(share: number): string {
  return Number.isNaN(share) ? "–" : `${Math.round(share * 100)} %`;
}

/** "73 % – 95 % used", "93 % used", "no capacity known". */
export function utilisationWords({ low, high }: Interval): string {
  if (Number.isNaN(high)) return drillWords.forecast.utilisationUnknown;
  const [least, most] = [wholePercent(low), wholePercent(high)];
  return least === most
    ? fill(drillWords.forecast.utilisationOne, { value: most })
    : fill(drillWords.forecast.utilisation, { low: least, high: most });
}

/** "Capacity 62.1k – 80.7k/s: as configured". */
export function capacityWords({ low, high }: Interval, from: CapacitySource): string | undefined {
  if (from === "none" || Number.isNaN(low)) return undefined;
  const source = drillWords.forecast.sources[from];
  const [least, most] = [formatRate(low), formatRate(high)];
  return least === most
    ? fill(drillWords.forecast.capacityOne, { value: most, source })
    : fill(drillWords.forecast.capacity, { low: least, high: most, source });
}

/** "3:07", "1:02:09": minutes and seconds, hours where there are any. Without a sign. */
export function clockWords(elapsedMs: number): string {
  const all = Math.round(Math.abs(elapsedMs) / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const tail = `${seconds}`.padStart(2, "0");
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** The simulated clock as a sentence. */
export function momentWords(elapsedMs: number): string {
  const words = elapsedMs < 0 ? texts.simulated.before : texts.simulated.after;
  return fill(words, { time: clockWords(elapsedMs) });
}

/** The simulated clock as it stands in a column. */
export function momentMark(elapsedMs: number): string {
  return `${elapsedMs < 0 ? "−" : "+"}${clockWords(elapsedMs)}`;
}

/** Names in a row: "a", "a and b", "a, b and c". */
export function namesInWords(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

const itself = (name: string): string => name;

/** One line of the log, as a sentence. */
export function eventSentence(
  { kind, target, data }: DrillEvent,
  labelOf: (name: string) => string = itself,
): string {
  const name = namesInWords(target.map((one) => labelOf(one)));
  const text = (drillWords.events as Readonly<Record<string, string>>)[kind];
  if (text === undefined) return fill(drillWords.events.unknown, { kind, target: name });
  const { seconds = 0, share = 0, away = data["namesAway"] ?? 0, stale = 0, utilisation = 0 } = data;
  return fill(text, {
    target: name,
    what: failureWords(data["errorShare"] ?? 0, data["capacityLoss"] ?? 0),
    span: formatSpan(seconds * 1000),
    share: wholePercent(share),
    away: wholePercent(away),
    stale: wholePercent(stale),
    utilisation: wholePercent(utilisation),
    step: data["step"] ?? 0,
    steps: data["steps"] ?? 0,
  });
}

function failureWords(errors: number, capacity: number): string {
  const { failedErrors, failedCapacity, failedBoth } = drillWords.events;
  if (capacity === 0) return fill(failedErrors, { share: wholePercent(errors) });
  if (errors === 0) return fill(failedCapacity, { share: wholePercent(capacity) });
  return fill(failedBoth, { errors: wholePercent(errors), share: wholePercent(capacity) });
}

/** Things that worry more than the rest of the log. */
export function eventTone(kind: string): "danger" | "good" | "usual" {
  if (kind === "region.failed" || kind === "region.overloaded") return "danger";
  return kind === "region.evacuated" || kind === "region.restored" || kind === "region.recovered"
    ? "good"
    : "usual";
}

/** Whether a run has come far enough for its numbers to be the result. */
export function isSettled(stage: DrillStage, isOver: boolean): boolean {
  return isOver || stage === "evacuated" || stage === "restored";
}

export interface ResultWords {
  readonly minutes: string;
  readonly errorMinutes: string;
  readonly worst: string;
  readonly lost: string;
  readonly stuck: string;
}

/** What came of a run, as it stands beside the names of the measures. */
export function resultWords(result: DrillResult, labelOf: (name: string) => string = itself): ResultWords {
  const { minutesToEvacuate, errorMinutes, worstUtilisation, worstRegion, lostRate, isStuck } = result;
  return {
    minutes:
      minutesToEvacuate === undefined
        ? drillWords.result.notYet
        : fill(drillWords.result.minutesValue, { minutes: tidyMinutes(minutesToEvacuate) }),
    errorMinutes: errorMinutes.toFixed(errorMinutes < 10 ? 2 : 1),
    worst:
      worstRegion === undefined
        ? "–"
        : fill(drillWords.result.worstValue, {
            share: wholePercent(worstUtilisation),
            region: labelOf(worstRegion),
          }),
    lost:
      lostRate > 0
        ? fill(drillWords.result.lostValue, { rate: formatRate(lostRate) })
        : drillWords.result.none,
    stuck: isStuck ? drillWords.result.isStuck : drillWords.result.notStuck,
  };
}

function tidyMinutes(minutes: number): string {
  return String(Number(minutes.toFixed(1)));
}

/** From the failure to the end of the last phase. */
export function policySpan({ phases }: EvacuationPolicy): string {
  return formatSpan(Math.max(0, ...phases.map(({ endS }) => endS)) * 1000);
}

/** The share of failing requests, or a dash where nothing is asked for. */
export function failingWords(failed: number, load: number): string {
  const asked = Math.max(load, failed);
  return asked > 0 ? formatShare(failed / asked) : "–";
}
