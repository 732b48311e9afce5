import { useEffect, useState } from "react";

import type { Dispose } from "#base/disposer.ts";
import type { DrillRunning } from "#store/drill-state.ts";
import { selectDrillProgress } from "#store/selectors.ts";

import { useServices } from "../app-context.ts";

type DrillProgress = DrillRunning["progress"];

/** At 60x there are 60 frames in a second; nobody reads that fast. */
const calmMs = 200;

/** How the run goes, at most five times a second while time merely goes on; at once when anything else changes. */
export function useCalmProgress(): DrillProgress | undefined {
  const { app, clock } = useServices();
  const { store } = app;
  const [progress, setProgress] = useState(() => selectDrillProgress(store.getState()));
  useEffect(() => {
    let cancel: Dispose | undefined;
    const take = (): void => {
      cancel?.();
      cancel = undefined;
      setProgress(selectDrillProgress(store.getState()));
    };
    take();
    const stop = store.subscribe((state, before) => {
      const [now, then] = [selectDrillProgress(state), selectDrillProgress(before)];
      if (now === then) return;
      if (isNews(now, then)) take();
      else cancel ??= clock.after(calmMs, take);
    });
    return () => {
      stop();
      cancel?.();
    };
  }, [store, clock]);
  return progress;
}

function isNews(now: DrillProgress | undefined, then: DrillProgress | undefined): boolean {
  return (
    now === undefined ||
    then === undefined ||
    now.stage !== then.stage ||
    now.isPaused !== then.isPaused ||
    now.isPaused ||
    now.speed !== then.speed ||
    now.isComputing !== then.isComputing ||
    now.isOver !== then.isOver ||
    now.fault !== then.fault ||
    now.commands !== then.commands
  );
}
