import {
  BookmarkPlus,
  ChevronFirst,
  ChevronLast,
  Ellipsis,
  Pause,
  Play,
  Radio,
  Repeat,
  StepBack,
  StepForward,
  X,
} from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { selectIsReplaying, selectRecordingName } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { CommandItem } from "../CommandItem.tsx";
import { Button } from "../ui/Button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/Menu.tsx";
import { useCommand } from "../use-command.ts";
import { compactQuery, useMedia } from "../use-media.ts";
import { SpeedMenu } from "./SpeedMenu.tsx";
import styles from "./Timeline.module.css";
import { Track } from "./Track.tsx";

const selectIsOn = ({ settings }: AppState) => settings.timeline;
const selectRecording = ({ replay }: AppState) => replay.recording;
const selectIsLoading = ({ replay }: AppState) => replay.progress?.isLoading === true;
const selectZone = ({ settings }: AppState) => settings.utc;

const selectIsFile = ({ feed }: AppState) => feed.source?.file !== undefined;

/** So few frames are no past to go to. */
const fewestFrames = 3;

const selectHasPast = ({ replay: { range }, feed: { source } }: AppState) =>
  range !== undefined && range.to - range.from >= fewestFrames * (source?.intervalMs ?? 1000);

/** The past of the feed along the lower edge, while it is wanted. */
export function Timeline(): ReactNode {
  return useAppState(selectIsOn) ? <OpenTimeline /> : undefined;
}

function OpenTimeline(): ReactNode {
  const { actions } = useApp();
  const { kind } = useAppState(selectRecording);
  useEffect(() => {
    actions.watchTimeline(true);
    return () => actions.watchTimeline(false);
  }, [actions]);
  return (
    <section className={styles["room"]} aria-label={texts.replay.timeline}>
      <div className={styles["bar"]}>{kind === "none" ? <NotRecorded /> : <Past />}</div>
    </section>
  );
}

function Past(): ReactNode {
  const time = useRef<HTMLSpanElement>(null);
  const isCompact = useMedia(compactQuery);
  const hasPast = useAppState(selectHasPast);
  const isReplaying = useAppState(selectIsReplaying);
  const isLoading = useAppState(selectIsLoading);
  return (
    <>
      {!isCompact && <Steps />}
      {hasPast ? <Track time={time} /> : <Begun />}
      <div className={styles["now"]} data-replay={isReplaying ? "" : undefined}>
        <span ref={time} className={styles["time"]} data-loading={isLoading ? "" : undefined} />
        <Zone />
      </div>
      {!isCompact && (
        <span className={styles["extra"]}>
          <SpeedMenu />
          <CommandButton id="loop" size="small" icon={<Repeat />} />
          <CommandButton id="bookmark" size="small" icon={<BookmarkPlus />} />
        </span>
      )}
      <BackToLive isCompact={isCompact} />
      {!isCompact && (
        <span className={styles["extra"]}>
          <More />
        </span>
      )}
    </>
  );
}

function Steps(): ReactNode {
  const { isOn } = useCommand("pause");
  return (
    <div className={styles["steps"]}>
      <span className={styles["extra"]}>
        <CommandButton id="previous-mark" size="small" icon={<ChevronFirst />} />
      </span>
      <CommandButton id="replay-step-back" size="small" icon={<StepBack />} />
      {isOn === true ? (
        <CommandButton id="pause" size="small" label={texts.replay.play} icon={<Play />} />
      ) : (
        <CommandButton id="pause" size="small" label={texts.replay.pause} icon={<Pause />} />
      )}
      <CommandButton id="replay-step" size="small" icon={<StepForward />} />
      <span className={styles["extra"]}>
        <CommandButton id="next-mark" size="small" icon={<ChevronLast />} />
      </span>
    </div>
  );
}

/** Which zone the times are in: said only where it is not this machine's. */
function Zone(): ReactNode {
  return useAppState(selectZone) ? <span className={styles["zone"]}>{texts.replay.utc}</span> : undefined;
}

function BackToLive({ isCompact }: { readonly isCompact: boolean }): ReactNode {
  const isReplaying = useAppState(selectIsReplaying);
  const isRecording = useAppState(selectRecordingName) !== undefined;
  const isFile = useAppState(selectIsFile);
  if (!isReplaying && isCompact) return undefined;
  const back = isFile ? (isCompact ? texts.ui.close : texts.clips.close) : liveText(isRecording, isCompact);
  return (
    <div className={styles["end"]}>
      {isReplaying ? (
        <CommandButton id="live" size="small" look="solid" icon={isFile ? <X /> : <Radio />}>
          {back}
        </CommandButton>
      ) : (
        <span className={styles["live"]} data-recording={isRecording ? "" : undefined}>
          {isRecording ? texts.replay.following : texts.replay.liveNow}
        </span>
      )}
    </div>
  );
}

/** What it is called to go back to what the source shows. */
function liveText(isRecording: boolean, isCompact: boolean): string {
  if (isRecording) return texts.replay.follow;
  return isCompact ? texts.replay.liveNow : texts.replay.backToLive;
}

function More(): ReactNode {
  const { actions } = useApp();
  return (
    <Menu trigger={<Button size="small" icon={<Ellipsis />} aria-label={texts.replay.more} />}>
      <MenuItem text={texts.replay.zoomIn} onPress={() => actions.zoomTimeline(2)} />
      <MenuItem text={texts.replay.zoomOut} onPress={() => actions.zoomTimeline(0.5)} />
      <MenuItem text={texts.replay.showAll} onPress={actions.showAllOfTimeline} />
      <MenuSeparator />
      <CommandItem id="bookmark" />
      <CommandItem id="bookmarks" />
      <MenuSeparator />
      <CommandItem id="loop-start" />
      <CommandItem id="loop-end" />
      <CommandItem id="cut-clip" />
      <MenuSeparator />
      <CommandItem id="utc" />
      <CommandItem id="timeline" />
    </Menu>
  );
}

function Begun(): ReactNode {
  const { kind } = useAppState(selectRecording);
  return <p className={styles["note"]}>{kind === "known" ? texts.replay.begun : texts.ui.loading}</p>;
}

function NotRecorded(): ReactNode {
  const recording = useAppState(selectRecording);
  return (
    <>
      <p className={styles["note"]}>
        <strong>{texts.replay.notRecorded}</strong> {recording.kind === "none" ? recording.message : ""}
      </p>
      <CommandButton id="timeline" size="small">
        {texts.replay.hide}
      </CommandButton>
    </>
  );
}
