import { useEffect, useRef, type ReactNode, type RefObject } from "react";

import { must } from "#base/assert.ts";
import { texts } from "#store/texts.ts";

import { useServices } from "../app-context.ts";
import styles from "./Track.module.css";
import { TimelineSession } from "./timeline-session.ts";

/** The past as a picture, and a slider on it: a moment is chosen by dragging, with the wheel and with keys. */
export function Track({ time }: { readonly time: RefObject<HTMLElement | null> }): ReactNode {
  const { app, clock } = useServices();
  const track = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const hover = useRef<HTMLDivElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const session = new TimelineSession(app, clock, {
      track: must(track.current),
      canvas: must(canvas.current),
      cursor: must(cursor.current),
      hover: must(hover.current),
      selection: must(selection.current),
      time: must(time.current),
    });
    return session.dispose;
  }, [app, clock, time]);
  return (
    <div
      ref={track}
      className={styles["track"]}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <input type="range"> has whole steps and paints itself
      role="slider"
      tabIndex={0}
      aria-label={texts.replay.slider}
      // The session tells the rest, at the pace of time.
      aria-valuenow={0}
      aria-valuemin={0}
      aria-valuemax={0}
    >
      <canvas ref={canvas} className={styles["canvas"]} aria-hidden="true" />
      <div ref={selection} className={styles["selection"]} hidden />
      <div ref={cursor} className={styles["cursor"]} hidden />
      <div ref={hover} className={styles["hover"]} hidden aria-hidden="true" />
    </div>
  );
}
