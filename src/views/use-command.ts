import type { CommandId } from "#store/command.ts";

import { useApp, useAppState } from "./app-context.ts";
import { ariaKeys, keyLabel } from "./keys/key-label.ts";
import { isMac } from "./keys/platform.ts";
import { commandOf, runCommand } from "./run-command.ts";

/** A command as a control shows it. */
export interface ShownCommand {
  readonly title: string;
  /** Its keys, as they stand on the keyboard. */
  readonly keys: readonly string[];
  readonly ariaKeys: string | undefined;
  readonly isAvailable: boolean;
  /** For switches: whether it is on. */
  readonly isOn: boolean | undefined;
  readonly run: () => void;
}

export function useCommand(id: CommandId): ShownCommand {
  const app = useApp();
  const command = commandOf(app, id);
  const isAvailable = useAppState((state) => command.isAvailable?.(state) ?? true);
  const isOn = useAppState((state) => command.isOn?.(state));
  return {
    title: command.title,
    keys: command.keys.slice(0, 1).map((key) => keyLabel(key, isMac)),
    ariaKeys: ariaKeys(command.keys, isMac),
    isAvailable,
    isOn,
    run: () => runCommand(app, command),
  };
}
