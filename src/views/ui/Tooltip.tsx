import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

import { Keys } from "./Keys.tsx";
import styles from "./Tooltip.module.css";

export interface TooltipProps {
  readonly text: string;
  /** Keys that do the same, as texts ("⌘K"). */
  readonly keys?: readonly string[] | undefined;
  /** One element that takes a ref and the usual handlers; its accessible name is its own affair. */
  readonly children: ReactElement;
}

/** Tells people who see what an icon means. Never the only place where something stands: touch has no hover. */
export function Tooltip({ text, keys = [], children }: TooltipProps): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles["positioner"]}>
          <Base.Popup className={styles["popup"]}>
            {text}
            <Keys keys={keys} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Once one tooltip is open, the next ones come without delay. */
export function TooltipGroup({ children }: { readonly children: ReactNode }): ReactNode {
  return <Base.Provider delay={500}>{children}</Base.Provider>;
}
