import type { ReactNode } from "react";

import type { CommandId } from "#store/command.ts";

import { MenuItem } from "./ui/Menu.tsx";
import { useCommand } from "./use-command.ts";

/** A menu entry that does what a command does. */
export function CommandItem({ id, icon }: { readonly id: CommandId; readonly icon?: ReactNode }): ReactNode {
  const { title, keys, isOn, isAvailable, run } = useCommand(id);
  return (
    <MenuItem icon={icon} text={title} keys={keys} isOn={isOn} isDisabled={!isAvailable} onPress={run} />
  );
}
