import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { formatSpan } from "#scene/number-format.ts";
import {
  selectPhase,
  selectRecordingName,
  selectSilentSources,
  selectSource,
  selectUnrecordedSince,
} from "#store/selectors.ts";
import { hasSources } from "#store/sources-state.ts";
import { countOf, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { selectIsSimulated } from "../simulated/shown-drill.ts";
import { useCommand } from "../use-command.ts";
import { useDataAge } from "../use-data-age.ts";
import { compactQuery, useMedia } from "../use-media.ts";
import { Button } from "../ui/Button.tsx";
import { FactList, Fact } from "../ui/FactList.tsx";
import { Popover, PopoverLink } from "../ui/Popover.tsx";
import styles from "./SourcePill.module.css";
import { sourceStatus } from "./source-status.ts";

const selectGaps = ({ feed }: AppState) => feed.gaps;
const selectFileName = ({ feed }: AppState) => feed.source?.file?.name;
const selectWindow = ({ feed }: AppState) => feed.current?.windowMs;

/** Whether what one sees is now, and how old it is. Opens what is known about the source. */
export function SourcePill(): ReactNode {
  const phase = useAppState(selectPhase);
  const isUnrecorded = useAppState(selectUnrecordedSince) !== undefined;
  const isCompact = useMedia(compactQuery);
  const isSimulated = useAppState(selectIsSimulated);
  const recording = useAppState(selectRecordingName);
  const { tone, word, age, shortAge } = sourceStatus(
    phase,
    useDataAge(),
    isSimulated,
    recording,
    isUnrecorded,
    useAppState(selectSilentSources),
  );
  const shown = isCompact ? shortAge : age;
  return (
    <Popover
      title={texts.source.title}
      isTitled
      align="start"
      trigger={
        <button type="button" className={styles["pill"]} data-tone={tone} title={useAppState(selectFileName)}>
          <span className={styles["mark"]} data-tone={tone} aria-hidden="true" />
          <span className={styles["word"]}>{word}</span>
          {shown !== undefined && <span className={styles["age"]}>{shown}</span>}
        </button>
      }
    >
      <SourceFacts />
    </Popover>
  );
}

function SourceFacts(): ReactNode {
  const source = useAppState(selectSource);
  const isMerged = useAppState(hasSources);
  const { run: openSources } = useCommand("sources");
  if (source === undefined) return texts.states.connecting;
  if (source.file !== undefined) return <FileFacts source={source} file={source.file} />;
  return (
    <>
      <FeedFacts source={source} />
      {isMerged && (
        <div className={styles["leave"]}>
          <PopoverLink look="quiet" onClick={openSources}>
            {texts.sources.more}
          </PopoverLink>
        </div>
      )}
    </>
  );
}

function FeedFacts({ source }: { readonly source: Source }): ReactNode {
  const windowMs = useAppState(selectWindow);
  const gaps = useAppState(selectGaps);
  const missed = gaps.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0);
  return (
    <FactList>
      <Fact name={texts.source.feed}>{source.title}</Fact>
      {source.sources !== undefined && <Fact name={texts.sources.title}>{source.sources.count}</Fact>}
      <Fact name={texts.source.interval}>{formatSpan(source.intervalMs)}</Fact>
      {windowMs !== undefined && <Fact name={texts.source.window}>{formatSpan(windowMs)}</Fact>}
      <Fact name={texts.source.role}>{texts.source.roles[source.role]}</Fact>
      <Fact name={texts.source.gaps}>
        {missed === 0 ? texts.source.noGaps : countOf(texts.counts.missedFrames, missed)}
        {gaps.slice(-3).map(({ fromSeq, why }) => (
          <span key={fromSeq} className={styles["why"]}>
            {why}
          </span>
        ))}
      </Fact>
    </FactList>
  );
}

type Source = NonNullable<AppState["feed"]["source"]>;

interface FileFactsProps {
  readonly source: Source;
  readonly file: NonNullable<Source["file"]>;
}

/** Of a file, and how to leave it. */
function FileFacts({ source, file }: FileFactsProps): ReactNode {
  const { actions } = useApp();
  return (
    <>
      <FactList>
        <Fact name={texts.clips.file}>{file.name}</Fact>
        <Fact name={texts.clips.recordedAs}>{source.title}</Fact>
        <Fact name={texts.source.interval}>{formatSpan(source.intervalMs)}</Fact>
      </FactList>
      <div className={styles["leave"]}>
        <Button look="quiet" onClick={actions.goLive}>
          {texts.clips.close}
        </Button>
      </div>
    </>
  );
}
