import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import { compareWith } from "./compare-state.ts";
import { texts } from "./texts.ts";

export interface CompareDesk {
  readonly actions: Pick<
    Actions,
    "markMoment" | "compareWithMarked" | "compareWithMoment" | "compareWithBefore" | "stopComparing"
  >;
  readonly dispose: Dispose;
}

/** So many intervals without a frame are a gap. */
const gapIntervals = 3;

/** Sets the moment on screen against another one. */
export function compareDesk(core: AppCore, toast: Actions["toast"]): CompareDesk {
  const { store, player } = core;
  let cancel: Dispose | undefined;

  function show(at: Millis, before: TrafficSnapshot): void {
    store.setState(({ feed, compare }) => ({ compare: compareWith(compare, at, before, feed) }));
  }

  function ask(at: Millis): void {
    cancel?.();
    cancel = undefined;
    const { replay } = player;
    if (replay === undefined) {
      patch(core, "compare", { comparison: { kind: "failed", at, message: texts.compare.noRecording } });
      return;
    }
    patch(core, "compare", { comparison: { kind: "loading", at } });
    cancel = replay.frameAt(at, (answer) => {
      // A drill has begun meanwhile.
      if (store.getState().compare.comparison?.kind !== "loading") return;
      if (!answer.ok) {
        patch(core, "compare", { comparison: { kind: "failed", at, message: answer.error } });
        return;
      }
      const { intervalMs = 1_000 } = store.getState().feed.source ?? {};
      if (at - answer.value.at > gapIntervals * intervalMs) {
        toast({ kind: "warning", text: texts.compare.gap });
      }
      show(at, answer.value);
    });
  }

  /** Asks as soon as it is known what is watched: an address is read before that. */
  function compareWhenKnown(at: Millis): void {
    cancel?.();
    const { marked } = store.getState().compare;
    // A moment that somebody has marked is at hand, recorded or not; addresses have whole milliseconds.
    if (marked !== undefined && Math.ceil(marked.at) === Math.ceil(at)) {
      show(marked.at, marked);
      return;
    }
    patch(core, "compare", { comparison: { kind: "loading", at } });
    if (isReady()) {
      ask(at);
      return;
    }
    const stop = store.subscribe(() => {
      if (!isReady()) return;
      stop();
      ask(at);
    });
    cancel = stop;
  }

  function isReady(): boolean {
    const { feed } = store.getState();
    return feed.current !== undefined && feed.source !== undefined;
  }

  return {
    actions: {
      markMoment: () => {
        const { current } = store.getState().feed;
        if (current === undefined || current.simulated !== undefined) return;
        patch(core, "compare", { marked: current });
        toast({ kind: "info", text: texts.compare.marked, tip: texts.compare.markedTip });
      },
      compareWithMarked: () => {
        const { marked } = store.getState().compare;
        if (marked === undefined) return;
        cancel?.();
        show(marked.at, marked);
      },
      compareWithMoment: compareWhenKnown,
      compareWithBefore: (ms) => {
        const { current } = store.getState().feed;
        if (current !== undefined) compareWhenKnown(current.at - ms);
      },
      stopComparing: () => {
        cancel?.();
        patch(core, "compare", { comparison: undefined });
      },
    },
    dispose: () => cancel?.(),
  };
}
