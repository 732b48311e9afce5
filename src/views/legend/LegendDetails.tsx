import type { ReactNode } from "react";

import { isReducedMotion } from "#store/commands/look-commands.ts";
import { selectDrawing, selectIsComparing, selectScale, selectTopology } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { ChangeMark } from "../compare/ChangeMark.tsx";
import { ClassMark } from "../marks/ClassMark.tsx";
import { SeverityMark } from "../marks/SeverityMark.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import styles from "./LegendDetails.module.css";
import { floorText, scaleText, thinnedOrdinal, worthText } from "./legend-texts.ts";

const modes = [
  { value: "linear", text: texts.legend.linear },
  { value: "logarithmic", text: texts.legend.log },
] as const;

const changedKinds = ["new", "gone", "hotter", "colder"] as const;

/** How to read the picture: dots, shapes, lanes, rings, marks, and who draws. */
export function LegendDetails(): ReactNode {
  return (
    <div className={styles["details"]}>
      <Dots />
      <Changes />
      <Samples />
      <Engine />
    </div>
  );
}

function Dots(): ReactNode {
  const { actions } = useApp();
  const scale = useAppState(selectScale);
  const isStill = useAppState(isReducedMotion);
  const nth = thinnedOrdinal(useAppState(selectDrawing).thinning);
  if (scale === undefined) return undefined;
  return (
    <section className={styles["part"]}>
      <p className={styles["worth"]}>{worthText(scale)}</p>
      <p>{scaleText(scale)}</p>
      <p>{floorText(scale)}</p>
      {isStill && <p>{texts.legend.noMotion}</p>}
      {scale.isCapped && <p className={styles["limit"]}>{texts.legend.capped}</p>}
      {nth !== undefined && <p className={styles["limit"]}>{fill(texts.legend.thinned, { nth })}</p>}
      <Segmented
        label={texts.legend.scale}
        options={modes}
        value={scale.mode}
        onChange={(flowMode) => actions.changeSettings({ flowMode })}
      />
    </section>
  );
}

/** The marks of a comparison, while there is one. */
function Changes(): ReactNode {
  const isComparing = useAppState(selectIsComparing);
  if (!isComparing) return undefined;
  return (
    <>
      <dl className={styles["samples"]}>
        {changedKinds.map((kind) => (
          <Sample key={kind} text={texts.compare.legend[kind]}>
            <ChangeMark kind={kind} />
          </Sample>
        ))}
      </dl>
      <p className={styles["note"]}>{`${texts.compare.legend.same} ${texts.compare.noticed}`}</p>
    </>
  );
}

function Samples(): ReactNode {
  const classes = useAppState(selectTopology)?.classes ?? [];
  return (
    <dl className={styles["samples"]}>
      {classes.map(({ name }, index) => (
        <Sample key={name} text={name}>
          <ClassMark classes={classes} index={index} />
        </Sample>
      ))}
      <Sample text={texts.legend.lane}>
        <svg viewBox="0 0 32 16" className={styles["drawing"]}>
          <path d="M0 4h32v1H0zM0 9h32v5H0z" className={styles["lane"]} />
        </svg>
      </Sample>
      <Sample text={texts.legend.ring}>
        <svg viewBox="0 0 32 16" className={styles["drawing"]}>
          <circle cx="16" cy="8" r="6" className={styles["ring"]} />
          <path d="M16 2a6 6 0 0 1 4.5 2" className={styles["ringDanger"]} />
        </svg>
      </Sample>
      <Sample text={texts.legend.load}>
        <svg viewBox="0 0 32 16" className={styles["drawing"]}>
          <path d="M16 2a6 6 0 1 1-5.2 9" className={styles["load"]} />
        </svg>
      </Sample>
      <Sample text={texts.legend.hatch}>
        <svg viewBox="0 0 32 16" className={styles["drawing"]}>
          <path d="M10 13l9-10M13 14l8-9M10 9l5-6" className={styles["hatch"]} />
        </svg>
      </Sample>
      <Sample text={texts.legend.badges}>
        <span className={styles["badges"]}>
          <SeverityMark badge={1} />
          <SeverityMark badge={2} />
          <SeverityMark badge={3} />
        </span>
      </Sample>
      <Sample text={texts.legend.pin}>
        <svg viewBox="0 0 32 16" className={styles["drawing"]}>
          <circle cx="16" cy="8" r="2.5" className={styles["pin"]} />
        </svg>
      </Sample>
    </dl>
  );
}

function Sample({ text, children }: { readonly text: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles["sample"]}>
      <dt className={styles["mark"]} aria-hidden="true">
        {children}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

function Engine(): ReactNode {
  const { engine, why, framesPerSecond } = useAppState(selectDrawing);
  if (engine === undefined) return undefined;
  return (
    <p className={styles["engine"]} title={why}>
      {[
        `${texts.legend.engine}: ${texts.legend.engines[engine]}`,
        ...(framesPerSecond > 0 ? [fill(texts.legend.fps, { fps: Math.round(framesPerSecond) })] : []),
      ].join(" · ")}
    </p>
  );
}
