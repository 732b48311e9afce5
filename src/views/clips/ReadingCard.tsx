import { FileClock, X } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { formatSize } from "./format-size.ts";
import { ProgressBar } from "./ProgressBar.tsx";
import styles from "./ReadingCard.module.css";

const selectReading = ({ clips }: AppState) => clips.reading;

/** How far a file has been read; it comes when that takes longer than half a second. */
export function ReadingCard(): ReactNode {
  const { actions } = useApp();
  const reading = useAppState(selectReading);
  if (reading === undefined) return undefined;
  const { name, bytes, total, isShown } = reading;
  const title = fill(isShown ? texts.clips.checking : texts.clips.opening, { name });
  return (
    <section key={name} className={styles["card"]} aria-label={title}>
      <FileClock aria-hidden />
      <div className={styles["texts"]}>
        <p className={styles["title"]}>{title}</p>
        <ProgressBar label={title} done={bytes} total={total} />
        <p className={styles["tip"]}>
          <span className={styles["count"]}>
            {fill(texts.clips.progress, { done: formatSize(bytes), total: formatSize(total) })}
          </span>
          {isShown && <span> · {texts.clips.checkingTip}</span>}
        </p>
      </div>
      <Button
        size="small"
        icon={<X />}
        aria-label={isShown ? texts.clips.close : texts.clips.cancel}
        title={isShown ? texts.clips.close : texts.clips.cancel}
        onClick={actions.stopReadingClip}
      />
    </section>
  );
}
