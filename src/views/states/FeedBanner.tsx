import { CloudOff, HardDrive, Hourglass, MonitorX, PlugZap } from "lucide-react";
import type { ReactNode } from "react";

import { formatAge } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import { selectPhase, selectUnrecordedSince } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { formatMoment, isOtherDay } from "../timeline/time-format.ts";
import { useDataAge } from "../use-data-age.ts";
import { useNow } from "../use-now.ts";
import styles from "./FeedBanner.module.css";

const selectHasData = ({ feed }: AppState) => feed.current !== undefined;
const selectPast = ({ feed }: AppState) => feed.source?.past;
const selectNewest = ({ feed }: AppState) => feed.current?.at;
const selectUtc = ({ settings }: AppState) => settings.utc;
const selectIsContextLost = ({ drawing }: AppState) => drawing.isContextLost;

/** A line over the picture while what it shows is not how things are now. */
export function FeedBanner(): ReactNode {
  const phase = useAppState(selectPhase);
  const hasData = useAppState(selectHasData);
  const isContextLost = useAppState(selectIsContextLost);
  const past = useAppState(selectPast);
  const unrecordedSince = useAppState(selectUnrecordedSince);
  if (!hasData) return undefined;
  if (phase.kind === "stale") return past === undefined ? <StaleBanner /> : <PastBanner past={past} />;
  if (phase.kind === "reconnecting") return <ReconnectingBanner since={phase.since} reason={phase.reason} />;
  if (phase.kind === "refused") {
    const { title, tip } = texts.refusals[phase.cause];
    return <Banner icon={<PlugZap aria-hidden />} text={`${title}. ${tip}`} />;
  }
  if (phase.kind === "replay" && hasReplayNews(phase)) return <ReplayBanner phase={phase} />;
  if (phase.kind === "live" && unrecordedSince !== undefined)
    return <UnrecordedBanner since={unrecordedSince} />;
  if (isContextLost) return <Banner icon={<MonitorX aria-hidden />} text={texts.states.contextLost} />;
  return undefined;
}

function StaleBanner(): ReactNode {
  const age = useDataAge();
  return (
    <Banner
      icon={<Hourglass aria-hidden />}
      text={fill(texts.feed.staleLong, { age: formatAge(age ?? 0) })}
    />
  );
}

/** It is live, and yet something is being lost. */
function UnrecordedBanner({ since }: { readonly since: number }): ReactNode {
  const utc = useAppState(selectUtc);
  const newest = useAppState(selectNewest) ?? since;
  const time = formatMoment(since, { utc, date: isOtherDay(since, newest, utc) });
  return <Banner icon={<HardDrive aria-hidden />} text={fill(texts.feed.notRecordedLong, { time })} />;
}

/** A recording that the source plays has ended, or has a gap: nobody waits for what was recorded long ago. */
function PastBanner({ past }: { readonly past: NonNullable<ReturnType<typeof selectPast>> }): ReactNode {
  const isAtEnd = useAppState(
    ({ feed: { current, source } }) =>
      Math.abs((current?.at ?? past.to) - past.to) < (source?.intervalMs ?? 1000),
  );
  return (
    <Banner icon={<Hourglass aria-hidden />} text={isAtEnd ? texts.replay.ended : texts.replay.sourceGap} />
  );
}

type ReplayPhase = Extract<AppState["feed"]["phase"], { kind: "replay" }>;

function hasReplayNews({ replay }: ReplayPhase): boolean {
  return replay.gap !== undefined || replay.fault !== undefined;
}

/** Nothing was recorded at this moment, or it does not come. */
function ReplayBanner({ phase: { replay } }: { readonly phase: ReplayPhase }): ReactNode {
  const utc = useAppState(selectUtc);
  const { gap, fault } = replay;
  const time = (at: number) => formatMoment(at, { utc, date: isOtherDay(at, replay.end, utc) });
  if (gap === undefined) {
    return (
      <Banner icon={<CloudOff aria-hidden />} text={fill(texts.replay.failed, { message: fault ?? "" })} />
    );
  }
  const text =
    gap.to === undefined
      ? fill(texts.replay.gapOpen, { from: time(gap.from) })
      : fill(texts.replay.gap, { from: time(gap.from), to: time(gap.to) });
  return <Banner icon={<Hourglass aria-hidden />} text={text} />;
}

function ReconnectingBanner({
  since,
  reason,
}: {
  readonly since: number;
  readonly reason: string;
}): ReactNode {
  const now = useNow();
  return (
    <Banner
      icon={<CloudOff aria-hidden />}
      text={fill(texts.feed.reconnectingLong, { age: formatAge(now - since), reason })}
    />
  );
}

function Banner({ icon, text }: { readonly icon: ReactNode; readonly text: string }): ReactNode {
  return (
    <div className={styles["banner"]}>
      {icon}
      <span>{text}</span>
    </div>
  );
}
