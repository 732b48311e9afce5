import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";

import { drillWords } from "#store/drill-words.ts";
import type { AppState } from "#store/app-state.ts";
import { selectIsDrillPanelOpen } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { compactQuery, useMedia } from "../use-media.ts";
import styles from "./DrillPanel.module.css";
import { PlanView } from "./PlanView.tsx";
import { RunView } from "./RunView.tsx";

/** Planning a failover, then following it. A sheet at the bottom on narrow screens. */
export function DrillPanel(): ReactNode {
  const isOpen = useAppState(selectIsDrillPanelOpen);
  return isOpen ? <Panel /> : undefined;
}

const selectKind = (state: AppState) => state.drill.activity.kind;
const selectVictim = ({ drill: { activity } }: AppState) =>
  activity.kind === "none" ? "" : activity.plan.victim;
const selectIsCompared = (state: AppState) => state.drill.comparison !== undefined;

function Panel(): ReactNode {
  const { actions } = useApp();
  const isSheet = useMedia(compactQuery);
  const [isExpanded, setExpanded] = useState(false);
  const kind = useAppState(selectKind);
  const victim = useAppState(selectVictim);
  const labelOf = useAppState(selectRegionLabel);
  const isCompared = useAppState(selectIsCompared);
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const own = panel.current;
    heading.current?.focus();
    // In fields, keys are no commands; this one is, in every part of the panel.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      actions.closeDrill();
    };
    own?.addEventListener("keydown", onKeyDown);
    return () => {
      own?.removeEventListener("keydown", onKeyDown);
      // The keyboard goes back to where it came from, unless it has gone elsewhere by itself.
      const isInside = own?.contains(document.activeElement) === true;
      if ((isInside || document.activeElement === document.body) && before instanceof HTMLElement)
        before.focus();
    };
  }, [actions]);
  const isRunning = kind === "running";
  return (
    <aside
      ref={panel}
      className={styles["panel"]}
      aria-label={drillWords.drillPanel.label}
      data-covers={isSheet ? "bottom" : "right"}
      data-expanded={isExpanded ? "" : undefined}
      data-wide={isRunning && !isCompared ? undefined : ""}
    >
      <header className={styles["head"]}>
        <h2 ref={heading} tabIndex={-1} className={styles["title"]}>
          {fill(isRunning ? drillWords.drillPanel.runOf : drillWords.drillPanel.planOf, {
            region: labelOf(victim),
          })}
        </h2>
        {isSheet && (
          <Button
            icon={isExpanded ? <ChevronDown /> : <ChevronUp />}
            aria-label={isExpanded ? texts.details.collapse : texts.details.expand}
            aria-expanded={isExpanded}
            onClick={() => setExpanded(!isExpanded)}
          />
        )}
        <Button
          icon={<X />}
          aria-label={isRunning ? drillWords.drillPanel.closeRun : drillWords.drillPanel.close}
          onClick={() => actions.closeDrill()}
        />
      </header>
      <Refocus key={kind} target={heading} />
      {isRunning ? <RunView /> : <PlanView />}
    </aside>
  );
}

/** The keyboard goes to the heading when the button that was pressed has gone with what it belonged to. */
function Refocus({ target }: { readonly target: RefObject<HTMLElement | null> }): ReactNode {
  useEffect(() => {
    if (document.activeElement === document.body) target.current?.focus();
  }, [target]);
  return undefined;
}
