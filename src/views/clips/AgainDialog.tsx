import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import styles from "./ClipDialogs.module.css";

const selectWanted = ({ clips }: AppState) => clips.wanted;

/** The address names a file: nobody but whoever has it can open it again. */
export function AgainDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions } = useApp();
  const { name = "" } = useAppState(selectWanted) ?? {};
  const { title, text, tip, choose, live } = texts.clips.again;
  const leave = (): void => {
    actions.forgetClip();
    onClose();
  };
  return (
    <Dialog title={fill(title, { name })} onClose={leave} size="small">
      <div className={styles["body"]}>
        <p className={styles["text"]}>{fill(text, { name })}</p>
        <p className={styles["text"]}>{tip}</p>
        <div className={styles["end"]}>
          <Button look="quiet" onClick={leave}>
            {live}
          </Button>
          <Button look="solid" onClick={() => void actions.chooseClip()}>
            {choose}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
