import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import styles from "./ClipDialogs.module.css";

const selectRefused = ({ clips }: AppState) => clips.refused;

/** A file that does not open: where in it what is wrong, and what helps. */
export function RefusedDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions } = useApp();
  const refused = useAppState(selectRefused);
  const { name = "", what = "", wasShown = false } = refused ?? {};
  const { title, was, tip, other } = texts.clips.refused;
  return (
    <Dialog title={fill(wasShown ? was : title, { name })} onClose={onClose} size="small">
      <div className={styles["body"]}>
        <p className={styles["said"]} role="alert">
          {what}
        </p>
        <p className={styles["text"]}>{tip}</p>
        <div className={styles["end"]}>
          <Button look="quiet" onClick={() => void actions.chooseClip()}>
            {other}
          </Button>
          <Button look="solid" onClick={onClose}>
            {texts.ui.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
