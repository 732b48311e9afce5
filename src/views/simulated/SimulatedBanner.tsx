import { FlaskConical, PanelRight, Pause, Play, RotateCcw, Square, Undo2 } from "lucide-react";
import type { ReactNode } from "react";

import type { DrillStage } from "#domain/drill-info.ts";
import { drillWords } from "#store/drill-words.ts";
import type { AppState } from "#store/app-state.ts";
import { maySteerShared } from "#store/drill-sharing.ts";
import { offeredSpeeds } from "#store/offered-speeds.ts";
import { selectIsDrillPanelOpen, selectSharedDrill } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { useCommand } from "../use-command.ts";
import { clockWords, momentWords } from "../drill/drill-words.ts";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Select.tsx";
import styles from "./SimulatedBanner.module.css";
import { selectShownDrill, sameShownDrill } from "./shown-drill.ts";

/** Says over the whole width, and as long as it is so, that what is shown was not measured; and steers the drill. */
export function SimulatedBanner(): ReactNode {
  const shown = useAppState(selectShownDrill, sameShownDrill);
  if (shown === undefined) return undefined;
  const { victim, stage, seconds, isShared } = shown;
  const moment = momentWords(seconds * 1000);
  return (
    <section className={styles["banner"]} aria-label={texts.simulated.banner}>
      <p className={styles["word"]}>
        <FlaskConical aria-hidden />
        {texts.simulated.word}
      </p>
      <p className={styles["what"]}>
        <strong>{victim}</strong>
        <span className={styles["stage"]}>{texts.stages[stage]}</span>
        <span className={styles["note"]}>
          {isShared ? fill(texts.simulated.shared, { region: victim }) : texts.simulated.note}
        </span>
      </p>
      <p className={styles["clock"]} role="timer" aria-label={`${texts.simulated.clock}: ${moment}`}>
        {seconds < 0 ? "−" : "+"}
        {clockWords(seconds * 1000)}
      </p>
      {isShared ? <SharedControls canFailBack={canComeBack(stage)} /> : <OwnControls />}
    </section>
  );
}

/** Traffic can come back once it has gone, and once only. */
function canComeBack(stage: DrillStage): boolean {
  return stage !== "before" && stage !== "restoring" && stage !== "restored";
}

const selectSpeed = ({ drill: { activity } }: AppState) =>
  activity.kind === "running" ? activity.progress.speed : 1;
const selectIsPaused = ({ drill: { activity } }: AppState) =>
  activity.kind === "running" && activity.progress.isPaused;

function OwnControls(): ReactNode {
  const { actions } = useApp();
  const speed = useAppState(selectSpeed);
  const isPaused = useAppState(selectIsPaused);
  const isPanelOpen = useAppState(selectIsDrillPanelOpen);
  const { isAvailable: canFailBack } = useCommand("drill-fail-back");
  return (
    <div className={styles["controls"]}>
      <Button
        icon={isPaused ? <Play /> : <Pause />}
        aria-label={isPaused ? texts.simulated.resume : texts.simulated.pause}
        title={isPaused ? texts.simulated.resume : texts.simulated.pause}
        onClick={() => actions.pauseDrill()}
      />
      <SpeedSelect speed={speed} onChange={actions.setDrillSpeed} />
      <CommandButton id="drill-restart" icon={<RotateCcw />} />
      {canFailBack && (
        <CommandButton id="drill-fail-back" look="quiet" icon={<Undo2 />}>
          {texts.simulated.failBack}
        </CommandButton>
      )}
      {!isPanelOpen && <CommandButton id="drill" label={drillWords.drillPanel.open} icon={<PanelRight />} />}
      <CommandButton id="drill-stop" look="solid" icon={<Square />}>
        {texts.simulated.stop}
      </CommandButton>
    </div>
  );
}

/** Whoever may operate the source steers the drill that everybody sees; others look. */
function SharedControls({ canFailBack }: { readonly canFailBack: boolean }): ReactNode {
  const { actions } = useApp();
  const maySteer = useAppState(maySteerShared);
  const shared = useAppState(selectSharedDrill);
  if (!maySteer || shared === undefined) return undefined;
  return (
    <div className={styles["controls"]}>
      <SpeedSelect speed={shared.speed} onChange={(speed) => actions.steerSharedDrill({ speed })} />
      {canFailBack && (
        <Button look="quiet" icon={<Undo2 />} onClick={() => actions.steerSharedDrill("fail-back")}>
          {texts.simulated.failBackShared}
        </Button>
      )}
      <CommandButton id="drill-share-stop" look="solid" icon={<Square />}>
        {texts.simulated.stopShared}
      </CommandButton>
    </div>
  );
}

interface SpeedSelectProps {
  readonly speed: number;
  readonly onChange: (speed: number) => void;
}

function SpeedSelect({ speed, onChange }: SpeedSelectProps): ReactNode {
  const options = offeredSpeeds.includes(speed) ? offeredSpeeds : [...offeredSpeeds, speed];
  return (
    <Select
      label={texts.simulated.speed}
      isLabelHidden
      options={options.map((each) => ({
        value: String(each),
        text: fill(texts.simulated.speedOf, { speed: each }),
      }))}
      value={String(speed)}
      onChange={(value) => onChange(Number(value))}
    />
  );
}
