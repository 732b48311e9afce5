import { Gauge, Info, Layers } from "lucide-react";
import type { ReactNode } from "react";

import { isReducedMotion } from "#store/commands/look-commands.ts";
import type { AppState } from "#store/app-state.ts";
import { selectScale, selectTopology } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { ClassMark } from "../marks/ClassMark.tsx";
import { Button } from "../ui/Button.tsx";
import { Popover } from "../ui/Popover.tsx";
import styles from "./Legend.module.css";
import { LegendDetails } from "./LegendDetails.tsx";
import { thinnedOrdinal, worthText } from "./legend-texts.ts";

const selectIsOn = ({ settings }: AppState) => settings.legend;
const selectThinning = ({ drawing }: AppState) => drawing.thinning;

/** One line that says what the dots mean; the rest unfolds. */
export function Legend(): ReactNode {
  const isOn = useAppState(selectIsOn);
  const hasScale = useAppState((state) => state.scene !== undefined);
  return isOn && hasScale ? <LegendStrip /> : undefined;
}

function LegendStrip(): ReactNode {
  return (
    <section className={styles["strip"]} aria-label={texts.legend.label}>
      <Worth />
      <Classes />
      <Limits />
      <Popover
        title={texts.legend.details}
        isTitled
        side="top"
        align="start"
        trigger={<Button size="small" icon={<Info />} aria-label={texts.legend.details} />}
      >
        <LegendDetails />
      </Popover>
    </section>
  );
}

function Worth(): ReactNode {
  const scale = useAppState(selectScale);
  const isStill = useAppState(isReducedMotion);
  if (scale === undefined) return undefined;
  return <span className={styles["worth"]}>{isStill ? texts.legend.stillShort : worthText(scale)}</span>;
}

function Classes(): ReactNode {
  const classes = useAppState(selectTopology)?.classes ?? [];
  return (
    <ul className={styles["classes"]} aria-label={texts.legend.classes}>
      {classes.map(({ name }, index) => (
        <li key={name} className={styles["class"]}>
          <ClassMark classes={classes} index={index} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** What is not drawn as it would be: said in sight, explained in the details. */
function Limits(): ReactNode {
  const isCapped = useAppState((state) => state.scene?.scale.isCapped === true);
  const nth = thinnedOrdinal(useAppState(selectThinning));
  return (
    <>
      {isCapped && (
        <span className={styles["limit"]} title={texts.legend.capped}>
          <Layers aria-hidden /> {texts.legend.cappedShort}
        </span>
      )}
      {nth !== undefined && (
        <span className={styles["limit"]} title={fill(texts.legend.thinned, { nth })}>
          <Gauge aria-hidden /> {fill(texts.legend.thinnedShort, { nth })}
        </span>
      )}
    </>
  );
}
