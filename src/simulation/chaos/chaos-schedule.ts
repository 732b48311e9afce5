import type { Random } from "#base/random.ts";

import { below } from "../chance.ts";

/** Chaos Monkey 2 (Netflix/chaosmonkey, schedule/schedule.go and its documentation): days are work days, counted from 0. */
export interface MonkeyRules {
  /** Mean work days between two kills in a group, for a minimum gap of 1. */
  readonly meanDays: number;
  /** Work days that must lie between two kills at least. */
  readonly leastDays: number;
}

export const monkeyDefaults: MonkeyRules = { meanDays: 2, leastDays: 1 };

/** Kills fall into working hours, local time: minutes after midnight from 09:00 to before 15:00. */
export const killMinutes = { from: 540, to: 900 } as const;

export interface Kill {
  readonly day: number;
  readonly minute: number;
}

/**
 * The kills of one group over some days. Each day a coin with the chance of 1 / mean is thrown, unless the last kill is too near; so the gaps are
 * geometric and their mean is `meanDays + leastDays - 1`.
 */
export function killSchedule(days: number, { meanDays, leastDays }: MonkeyRules, random: Random): Kill[] {
  const kills: Kill[] = [];
  let last = -Infinity;
  for (let day = 0; day < days; day += 1) {
    if (day - last < leastDays || random() >= 1 / meanDays) continue;
    kills.push({ day, minute: killMinutes.from + below(random, killMinutes.to - killMinutes.from) });
    last = day;
  }
  return kills;
}
