import { useEffect } from "react";

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
        place: keyPlace(event.target),
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
