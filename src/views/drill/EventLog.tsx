import { drillWords } from "#store/drill-words.ts";
import type { ReactNode } from "react";

import type { DrillEvent } from "#simulation/session/drill-session.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { eventSentence, eventTone, momentMark } from "./drill-words.ts";
import styles from "./RunView.module.css";

/** What has happened, the newest first, in sentences. */
export function EventLog({ events }: { readonly events: readonly DrillEvent[] }): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{drillWords.run.log}</h3>
      {events.length === 0 ? (
        <p className={styles["role"]}>{drillWords.run.noEvents}</p>
      ) : (
        <ol className={styles["log"]} aria-label={drillWords.run.log}>
          {events.toReversed().map((event) => (
            <li key={event.seq} className={styles["event"]} data-tone={eventTone(event.kind)}>
              <span className={styles["time"]}>{momentMark(event.atMs)}</span>
              <span>{eventSentence(event, labelOf)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
