import type { ReactNode } from "react";

import type { CommandId } from "#store/command.ts";

import { Button, type ButtonProps } from "./ui/Button.tsx";
import { Tooltip } from "./ui/Tooltip.tsx";
import { useCommand } from "./use-command.ts";

export interface CommandButtonProps extends Pick<ButtonProps, "look" | "size" | "icon" | "children"> {
  readonly id: CommandId;
  /** Another name than the command's title, where the place says the rest. */
  readonly label?: string;
}

/** A button that does what a command does: its name, its key and its state come from the command table. */
export function CommandButton({ id, label, children, ...look }: CommandButtonProps): ReactNode {
  const command = useCommand(id);
  const name = label ?? command.title;
  return (
    <Tooltip text={name} keys={command.keys}>
      <Button
        aria-label={children === undefined ? name : undefined}
        aria-keyshortcuts={command.ariaKeys}
        aria-disabled={command.isAvailable ? undefined : true}
        isOn={command.isOn}
        onClick={command.isAvailable ? command.run : undefined}
        {...look}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
