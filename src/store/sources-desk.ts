import type { Dispose } from "#base/disposer.ts";

import { patch, type AppCore } from "./app-core.ts";
import { hasSources, noSourcesKnown } from "./sources-state.ts";

/** As often as anything changes in most feeds; ages go on by themselves. */
const refreshMs = 2_000;

/** Asks how the sources of the feed are, again and again while their dialog is open. */
export function followSources(core: AppCore): Dispose {
  const { store, clock, sources } = core;
  let cancelNext: Dispose | undefined;
  /** Goes up whenever another question is due: an older answer is not taken over. */
  let turn = 0;
  let isAsking = false;

  function isWatched(): boolean {
    const state = store.getState();
    return state.screen.dialog === "sources" && !state.screen.isHidden && hasSources(state);
  }

  async function ask(feed: string): Promise<void> {
    turn += 1;
    const mine = turn;
    const answer = await sources.list(feed);
    if (mine !== turn) return;
    patch(core, "sources", answer.ok ? { list: answer.value, fault: undefined } : { fault: answer.error });
    cancelNext = clock.after(refreshMs, follow);
  }

  function follow(): void {
    cancelNext?.();
    cancelNext = undefined;
    const feed = store.getState().feed.source?.feed;
    isAsking = isWatched() && feed !== undefined;
    if (isAsking && feed !== undefined) void ask(feed);
    else turn += 1;
  }

  const stop = store.subscribe((state, before) => {
    const isOther = state.feed.source?.feed !== before.feed.source?.feed;
    if (isOther) patch(core, "sources", noSourcesKnown);
    if (isOther || isWatched() !== isAsking) follow();
  });

  return () => {
    stop();
    turn += 1;
    cancelNext?.();
  };
}
