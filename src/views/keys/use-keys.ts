import { useEffect } from "react";

import type { AppState } from "#store/app-state.ts";

import { useApp } from "../app-context.ts";
import { runCommand } from "../run-command.ts";
import { commandForKey } from "./command-for-key.ts";
import { keyPlace } from "./key-place.ts";
import { isMac } from "./platform.ts";

/** The one place where keys become commands. Whoever uses a key itself says so by preventing its default. */
export function useKeys(): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const state = app.store.getState();
      const available = app.commands.filter(({ isAvailable }) => isAvailable?.(state) !== false);
      const command = commandForKey(available, event, {
        place: isUnderDialog(state, event) ? "input" : keyPlace(event.target),
        singleKeys: state.settings.singleKeys,
        isMac,
      });
      if (command === undefined) return;
      event.preventDefault();
      runCommand(app, command);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [app]);
}

/** A dialog that has been asked for may still be on its way: what is typed meanwhile is meant for it. Escape closes it all the same. */
function isUnderDialog({ screen }: AppState, { key }: KeyboardEvent): boolean {
  return screen.dialog !== undefined && key !== "Escape";
}
