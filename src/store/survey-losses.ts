import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { regionsOf } from "./drill-regions.ts";

/** How often all losses are looked at. */
const leastGapMs = 5_000;
/** Frames that were looked at before and are taken into account: a minute of them. */
const historyLength = 12;

/** Asks again and again what the loss of each region would do, as long as somebody can see the answer and the traffic is not simulated already. The first picture comes before the first answer, and before the program that computes it. */
export function surveyLosses(core: AppCore): Dispose {
  const { store, clock, simulation } = core;
  let history: readonly TrafficSnapshot[] = [];
  let askedAt: Millis = -Infinity;
  let generation = -1;
  let cancel: Dispose | undefined;

  function survey({ feed, screen, drawing }: AppState): void {
    const { current } = feed;
    if (current === undefined || current.simulated !== undefined || feed.phase.kind === "simulated") return;
    if (!drawing.isDrawn && drawing.failure === undefined) return;
    if (screen.isHidden || cancel !== undefined) return;
    if (current === history.at(-1) || clock.now() - askedAt < leastGapMs) return;
    if (generation !== feed.generation || history.at(-1)?.topology.revision !== current.topology.revision) {
      history = [];
      generation = feed.generation;
    }
    const before = history;
    history = [...history, current].slice(-historyLength);
    askedAt = clock.now();
    if (regionsOf(current.topology).length === 0) {
      patch(core, "survival", { losses: [], fault: undefined, at: current.at });
      return;
    }
    let isAnswered = false;
    const stop = simulation.survival({ frame: current, history: before }, (answer) => {
      isAnswered = true;
      cancel = undefined;
      patch(core, "survival", {
        losses: answer.ok ? answer.value : [],
        fault: answer.ok ? undefined : answer.error,
        at: current.at,
      });
    });
    if (!isAnswered) cancel = stop;
  }

  const stop = store.subscribe((state, before) => {
    const isNews =
      state.feed !== before.feed ||
      state.screen.isHidden !== before.screen.isHidden ||
      state.drawing.isDrawn !== before.drawing.isDrawn;
    if (isNews) survey(state);
  });
  return () => {
    stop();
    cancel?.();
  };
}
