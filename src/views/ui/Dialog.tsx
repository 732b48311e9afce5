import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";

import { texts } from "#store/texts.ts";

import { Button } from "./Button.tsx";
import styles from "./Dialog.module.css";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: "small" | "usual" | "wide";
  /** The palette needs no heading that is seen. */
  readonly isTitleHidden?: boolean;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A modal dialog; it is open while it is rendered. Focus goes in, stays in, and returns to where it was. */
export function Dialog(props: DialogProps): ReactNode {
  const { title, onClose, size = "usual", isTitleHidden = false, initialFocus, children } = props;
  return (
    <Base.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles["backdrop"]} />
        <Base.Viewport className={styles["viewport"]} data-size={size}>
          <Base.Popup
            className={styles["popup"]}
            data-size={size}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            {isTitleHidden ? (
              <Base.Title className="visually-hidden">{title}</Base.Title>
            ) : (
              <header className={styles["header"]}>
                <Base.Title className={styles["title"]}>{title}</Base.Title>
                <Base.Close render={<Button icon={<X />} aria-label={texts.ui.close} />} />
              </header>
            )}
            {children}
            {isTitleHidden && <Base.Close className="visually-hidden">{texts.ui.close}</Base.Close>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
