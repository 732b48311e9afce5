import { Command, Menu as MenuIcon } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { compactQuery, useMedia } from "../use-media.ts";
import { Button } from "../ui/Button.tsx";
import { Breadcrumb } from "./Breadcrumb.tsx";
import { FailoverButton } from "./FailoverButton.tsx";
import { FilterButton } from "./FilterButton.tsx";
import { FindBox } from "./FindBox.tsx";
import { MainMenu } from "./MainMenu.tsx";
import { PauseButton } from "./PauseButton.tsx";
import { ProblemsButton } from "./ProblemsButton.tsx";
import { DataProblems } from "./DataProblems.tsx";
import { ShareMenu } from "./ShareMenu.tsx";
import { SourcePill } from "./SourcePill.tsx";
import styles from "./TopBar.module.css";
import { ViewPopover } from "./ViewPopover.tsx";

const selectIsDrillRunning = (state: AppState) => state.drill.activity.kind === "running";

export function TopBar(): ReactNode {
  const isCompact = useMedia(compactQuery);
  // The banner of a drill has a button of its own.
  const isRunning = useAppState(selectIsDrillRunning);
  return (
    <header className={styles["bar"]} aria-label={texts.bar.label}>
      <div className={styles["place"]}>
        <Breadcrumb isCompact={isCompact} />
      </div>
      <div className={styles["source"]}>
        <SourcePill />
        {!isCompact && !isRunning && <PauseButton />}
      </div>
      {isCompact && <FailoverButton isCompact />}
      {isCompact ? (
        <MainMenu trigger={<Button icon={<MenuIcon />} aria-label={texts.bar.menu} />} />
      ) : (
        <WideTools />
      )}
    </header>
  );
}

function WideTools(): ReactNode {
  return (
    <>
      <div className={styles["search"]}>
        <FindBox />
        <FilterButton />
        <ProblemsButton />
      </div>
      <div className={styles["tools"]}>
        <DataProblems />
        <FailoverButton isCompact={false} />
        <ViewPopover />
        <ShareMenu />
        <CommandButton id="palette" icon={<Command />} />
      </div>
    </>
  );
}
