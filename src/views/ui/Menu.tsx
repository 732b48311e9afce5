import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

import { Keys } from "./Keys.tsx";
import styles from "./Menu.module.css";

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

export function Menu({ trigger, align = "end", children }: MenuProps): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={10} align={align} className={styles["positioner"]}>
          <Base.Popup className={styles["popup"]}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly text: string;
  readonly keys?: readonly string[];
  /** For switches: shows a tick and stays open. */
  readonly isOn?: boolean | undefined;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}

export function MenuItem({
  icon,
  text,
  keys = [],
  isOn,
  isDisabled = false,
  onPress,
}: MenuItemProps): ReactNode {
  const content = (
    <>
      <span className={styles["icon"]}>{icon}</span>
      <span className={styles["text"]}>{text}</span>
      <Keys keys={keys} />
    </>
  );
  if (isOn === undefined) {
    return (
      <Base.Item className={styles["item"]} disabled={isDisabled} onClick={onPress}>
        {content}
      </Base.Item>
    );
  }
  return (
    <Base.CheckboxItem
      className={styles["item"]}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onPress}
    >
      {content}
      <span className={styles["tick"]}>
        <Base.CheckboxItemIndicator>
          <Check aria-hidden />
        </Base.CheckboxItemIndicator>
      </span>
    </Base.CheckboxItem>
  );
}

export function MenuSeparator(): ReactNode {
  return <Base.Separator className={styles["separator"]} />;
}
