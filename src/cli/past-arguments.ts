import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { FeedConfig } from "#server/config/feeds-config.ts";
import { readTime } from "#server/config/values.ts";

import { readMoment } from "./recording-arguments.ts";

/** A stretch of the past that sources are asked for. */
export interface PastStretch {
  readonly from: Millis;
  readonly to: Millis;
  readonly stepMs: number;
}

const usualStepMs = 10_000;

/** More frames than that are a mistake of whoever wrote the step. */
const greatestFrames = 200_000;

export const pastFlags = ["--from", "--to", "--step", "--feed"] as const;

export const pastUsage = `  --from MOMENT        2026-01-06T12:00:00Z, or now-2h
  --to MOMENT          the same; now when it is left out
  --step TIME          how far apart the frames are: 10s when it is left out
  --feed NAME          which feed of the settings, where there are several`;

/** Takes flags with values out of the arguments, whichever way they are written. */
export function takeFlags(
  argv: readonly string[],
  names: readonly string[],
): { readonly taken: ReadonlyMap<string, string>; readonly others: readonly string[] } {
  const taken = new Map<string, string>();
  const others: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? "";
    const at = argument.indexOf("=");
    const flag = at < 0 ? argument : argument.slice(0, at);
    if (!names.includes(flag)) others.push(argument);
    else if (at >= 0) taken.set(flag, argument.slice(at + 1));
    else {
      i += 1;
      taken.set(flag, argv[i] ?? "");
    }
  }
  return { taken, others };
}

/** The stretch that the flags ask for; undefined when they ask for none. The error is a sentence. */
export function readStretch(
  flags: ReadonlyMap<string, string>,
  clock: Clock,
): Result<PastStretch | undefined, string> {
  const fromText = flags.get("--from");
  if (fromText === undefined) {
    const stray = ["--to", "--step"].find((flag) => flags.has(flag));
    return stray === undefined ? ok(undefined) : err(`${stray} says nothing without --from.`);
  }
  const from = readWhen(fromText, "--from", clock);
  const to = readWhen(flags.get("--to") ?? "now", "--to", clock);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const stepMs = flags.has("--step") ? readTime(flags.get("--step") ?? "") : usualStepMs;
  if (stepMs === undefined || stepMs < 1000) return err("--step: write a time of 1s or more, such as 10s.");
  if (from.value >= to.value) return err("--from: a moment before that of --to is needed.");
  if (to.value > clock.now()) return err("--to: a moment that has passed is needed.");
  if ((to.value - from.value) / stepMs > greatestFrames)
    return err(
      `--step: that makes more than ${greatestFrames.toLocaleString("en-US")} frames; write a longer time.`,
    );
  // Moments of whole steps: the same stretch asked for twice has the same frames.
  const first = Math.ceil(from.value / stepMs) * stepMs;
  return ok({ from: first, to: Math.max(first, to.value), stepMs });
}

/** The feed that is meant; the error is a sentence. */
export function chooseFeed(
  feeds: readonly FeedConfig[],
  name: string | undefined,
): Result<FeedConfig, string> {
  const [only, ...others] = feeds;
  if (only === undefined)
    return err("No feed is set up that could be asked for the past: name a file with feeds: by --config.");
  const found = name === undefined && others.length === 0 ? only : feeds.find((feed) => feed.name === name);
  if (found !== undefined) return ok(found);
  return err(`--feed: write one of ${feeds.map((feed) => feed.name).join(", ")}.`);
}

/** "now", "now-2h", or a moment. */
function readWhen(text: string, flag: string, clock: Clock): Result<Millis, string> {
  const [isNow, back] = /^now(?:-(.+))?$/.exec(text) ?? [];
  if (isNow === undefined) return readMoment(text, flag);
  const ms = back === undefined ? 0 : readTime(back);
  return ms === undefined ? err(`${flag}: write a time after "now-", such as now-2h.`) : ok(clock.now() - ms);
}
