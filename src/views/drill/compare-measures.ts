import type { RegionLabel } from "#store/drill-regions.ts";
import { drillWords } from "#store/drill-words.ts";
import type { DrillResult } from "#simulation/session/drill-session.ts";

import { resultWords } from "./drill-words.ts";

/** One of the numbers by which two runs are compared. */
export interface Measure {
  readonly name: string;
  /** `labelOf`: what a region is called for people. */
  readonly words: (result: DrillResult, labelOf?: RegionLabel) => string;
  /** Below 0: the first is better; above 0: the second; 0: as good as each other, by what is shown. */
  readonly compare: (a: DrillResult, b: DrillResult) => number;
}

/** Less is better, and what differs in no digit that is shown does not differ. */
function less(of: (result: DrillResult) => number, words: Measure["words"]): Measure["compare"] {
  return (a, b) => (words(a) === words(b) ? 0 : Math.sign(of(a) - of(b)));
}

function measure(name: string, words: Measure["words"], of: (result: DrillResult) => number): Measure {
  return { name, words, compare: less(of, words) };
}

export const measures: readonly Measure[] = [
  measure(
    drillWords.result.minutes,
    (result) => resultWords(result).minutes,
    ({ minutesToEvacuate }) => minutesToEvacuate ?? Number.MAX_VALUE,
  ),
  measure(
    drillWords.result.errorMinutes,
    (result) => resultWords(result).errorMinutes,
    ({ errorMinutes }) => errorMinutes,
  ),
  measure(
    drillWords.result.worst,
    (result, labelOf) => resultWords(result, labelOf).worst,
    ({ worstUtilisation }) => worstUtilisation,
  ),
  measure(
    drillWords.result.lost,
    (result) => resultWords(result).lost,
    ({ lostRate }) => lostRate,
  ),
  measure(
    drillWords.result.stuck,
    (result) => resultWords(result).stuck,
    ({ isStuck }) => (isStuck ? 1 : 0),
  ),
];
