import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

import { Button, type ButtonProps } from "./Button.tsx";
import styles from "./Popover.module.css";

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** Its name for screen readers; shown as a heading when `isTitled`. */
  readonly title: string;
  readonly isTitled?: boolean;
  readonly side?: "top" | "bottom";
  readonly align?: "start" | "center" | "end";
  readonly children: ReactNode;
}

export function Popover(props: PopoverProps): ReactNode {
  const { trigger, title, isTitled = false, side = "bottom", align = "end", children } = props;
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={10}
          collisionPadding={8}
          className={styles["positioner"]}
        >
          <Base.Popup className={styles["popup"]}>
            <Base.Title className={isTitled ? styles["title"] : "visually-hidden"}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A button inside a popover that leads elsewhere, and closes it. */
export function PopoverLink({ children, ...button }: ButtonProps): ReactNode {
  return <Base.Close render={<Button {...button} />}>{children}</Base.Close>;
}
