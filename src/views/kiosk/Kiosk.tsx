import { Minimize } from "lucide-react";
import type { ReactNode } from "react";

import { selectFocus, selectPhase, selectTopology } from "#store/selectors.ts";
import { resolvePath } from "#domain/node-path.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { labelOf } from "../facts/traffic-row.ts";
import { PauseButton } from "../top-bar/PauseButton.tsx";
import { sourceStatus } from "../top-bar/source-status.ts";
import { useDataAge } from "../use-data-age.ts";
import styles from "./Kiosk.module.css";
import { useIdlePointer } from "./use-idle-pointer.ts";
import { useWakeLock } from "./use-wake-lock.ts";

/** On a wall: where the picture is, how old it is; what can be pressed comes with the pointer and goes with it. */
export function Kiosk(): ReactNode {
  useWakeLock();
  const isIdle = useIdlePointer();
  const focus = useAppState(selectFocus);
  const topology = useAppState(selectTopology);
  const { word, age, tone } = sourceStatus(useAppState(selectPhase), useDataAge());
  const node = topology === undefined ? 0 : resolvePath(topology, focus).node;
  return (
    <>
      <header className={styles["caption"]} data-covers="top">
        <h1 className={styles["place"]}>
          {topology === undefined ? texts.app.name : labelOf(topology, node)}
        </h1>
        <p className={styles["age"]} data-tone={tone}>
          {age === undefined ? word : `${word} · ${age}`}
        </p>
      </header>
      <div className={styles["controls"]} data-idle={isIdle ? "" : undefined}>
        <PauseButton />
        <CommandButton id="kiosk" label={texts.kiosk.leave} icon={<Minimize />}>
          {texts.kiosk.leave}
        </CommandButton>
      </div>
    </>
  );
}
