import type { ReactNode } from "react";

import type { DrillEvent } from "#simulation/session/drill-session.ts";
import { texts } from "#store/texts.ts";

import { eventSentence, eventTone, momentMark } from "./drill-words.ts";
import styles from "./RunView.module.css";

/** What has happened, the newest first, in sentences. */
export function EventLog({ events }: { readonly events: readonly DrillEvent[] }): ReactNode {
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{texts.run.log}</h3>
      {events.length === 0 ? (
        <p className={styles["role"]}>{texts.run.noEvents}</p>
      ) : (
        <ol className={styles["log"]} aria-label={texts.run.log}>
          {events.toReversed().map((event) => (
            <li key={event.seq} className={styles["event"]} data-tone={eventTone(event.kind)}>
              <span className={styles["time"]}>{momentMark(event.atMs)}</span>
              <span>{eventSentence(event)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
