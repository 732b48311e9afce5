import type { Dispose } from "#base/disposer.ts";
import { usualDrillSpeed } from "#players/drill-control.ts";

import type { Actions } from "./app.ts";
import type { AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { fill, texts } from "./texts.ts";

type SharingActions = Pick<Actions, "shareDrill" | "steerSharedDrill" | "copyDrillLink">;

/** Whether this page may run a drill that every viewer sees. */
export function maySteerShared({ feed: { source } }: AppState): boolean {
  return source?.offersDrills === true && (source.role === "operator" || source.role === "admin");
}

export interface SharingOptions {
  readonly toast: Actions["toast"];
  readonly closeDrill: Actions["closeDrill"];
  /** The link to what is on screen now. */
  readonly search: () => string;
  readonly kept: () => Promise<void>;
}

export function sharingActions(core: AppCore, options: SharingOptions): SharingActions {
  const { store, player } = core;
  const { toast, closeDrill, search, kept } = options;

  function isAllowed(): boolean {
    const isSo = maySteerShared(store.getState());
    if (!isSo) toast({ kind: "warning", text: texts.drill.mayNotShare });
    return isSo;
  }

  return {
    shareDrill: () => {
      const { activity } = store.getState().drill;
      if (activity.kind !== "planning" || !isAllowed()) return;
      player.sharedDrills?.start(activity.plan, usualDrillSpeed);
      closeDrill();
    },
    steerSharedDrill: (what) => {
      if (store.getState().feed.source?.sharedDrill === undefined || !isAllowed()) return;
      const { sharedDrills } = player;
      if (what === "stop") sharedDrills?.stop();
      else if (what === "fail-back") sharedDrills?.failBack();
      else sharedDrills?.setSpeed(what.speed);
    },
    copyDrillLink: async () => {
      const { ports } = core;
      if (ports === undefined || store.getState().drill.activity.kind === "none") return;
      await kept();
      const { start, activity } = store.getState().drill;
      const address = new URL(ports.address());
      address.search = search();
      try {
        await ports.copyText(address.href);
      } catch {
        toast({ kind: "warning", text: texts.copyFailed });
        return;
      }
      const isIncomplete = activity.kind === "running" && start.kind === "frozen" && start.hash === undefined;
      if (isIncomplete) {
        const why = start.whyNotKept ?? texts.drill.noFeed;
        toast({ kind: "warning", text: fill(texts.drill.linkWithoutFrame, { why }) });
      } else toast({ kind: "info", text: texts.drill.linkCopied });
    },
  };
}

/** What the source has to say of the drill that everybody sees, people read. */
export function tellDrillNews({ player }: Pick<AppCore, "player">, toast: Actions["toast"]): Dispose {
  return player.sharedDrills?.onNews((text) => toast({ kind: "warning", text })) ?? (() => undefined);
}
