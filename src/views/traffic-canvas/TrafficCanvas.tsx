import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { useEffect, useRef, useState } from "react";

import type { FontSource } from "#renderer/render-message.ts";
import type { Insets } from "#scene/camera.ts";
import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState, useServices } from "../app-context.ts";
import { startCanvasSession } from "./canvas-session.ts";
import styles from "./TrafficCanvas.module.css";

/** The room that bars and panel cover, CSS pixels. */
export interface TrafficCanvasProps {
  readonly insets: Insets;
}

const selectEngine = (state: AppState) => state.settings.engine;

/** The picture. React makes the element and then leaves it alone: what moves on it costs React nothing. */
export function TrafficCanvas({ insets }: TrafficCanvasProps) {
  const { app, clock, registerCapture } = useServices();
  const wanted = useAppState(selectEngine);
  const host = useRef<HTMLDivElement>(null);
  // After one engine has given up, the software engine is tried; after that the failure is told.
  const [failed, setFailed] = useState<readonly string[]>([]);
  const engine = failed.length > 0 ? "software" : wanted;

  useEffect(() => {
    const element = host.current;
    if (element === null || failed.length > 1) return undefined;
    const session = startCanvasSession({
      app,
      clock,
      host: element,
      engine,
      fonts: pictureFonts(),
      onGiveUp: (message) => {
        setFailed((before) => [...before, message]);
        if (failed.length > 0)
          app.actions.setDrawing({ failure: fill(texts.drawingFailed, { message }), isContextLost: false });
      },
    });
    const takeBack = registerCapture(session.capture);
    return () => {
      takeBack();
      session.dispose();
    };
  }, [app, clock, engine, failed, registerCapture]);

  useEffect(() => {
    app.actions.resize(app.store.getState().screen.viewport, insets);
  }, [app, insets]);

  return <div ref={host} className={styles["host"]} data-testid="picture" />;
}

/** A worker loads its typefaces itself; the page's are not its own. */
function pictureFonts(): readonly FontSource[] {
  return [{ family: "Inter Variable", url: new URL(interUrl, document.baseURI).href, weight: "100 900" }];
}
