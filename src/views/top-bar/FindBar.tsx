import { X } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { compactQuery, useMedia } from "../use-media.ts";
import styles from "./FilterBar.module.css";
import { FindBox } from "./FindBox.tsx";

const selectIsOpen = ({ screen }: AppState) => screen.isFindOpen;

/** "Find" as a row of its own, where the bar has no room for it. */
export function FindBar(): ReactNode {
  const { actions } = useApp();
  const isOpen = useAppState(selectIsOpen);
  const isCompact = useMedia(compactQuery);
  if (!isOpen || !isCompact) return undefined;
  return (
    <div className={styles["bar"]}>
      <FindBox />
      <Button icon={<X />} aria-label={texts.ui.close} onClick={actions.closeFind} />
    </div>
  );
}
