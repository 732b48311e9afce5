import { useId, useRef, useState, type ReactNode, type SyntheticEvent } from "react";

import type { AppState } from "#store/app-state.ts";
import { longestNote } from "#store/bookmark-desk.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import styles from "./BookmarkDialog.module.css";
import { useMomentText } from "./use-moment-text.ts";

const selectMoment = ({ replay }: AppState) => replay.bookmarkAt;

/** Asks for a note to the moment that is to be found again. */
export function BookmarkDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions } = useApp();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const at = useAppState(selectMoment);
  const textOf = useMomentText();
  const [note, setNote] = useState("");
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<string>();
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    const why = await actions.addBookmark(note);
    setSending(false);
    setFault(why);
    if (why === undefined) onClose();
  };
  return (
    <Dialog title={texts.bookmarks.add} onClose={onClose} size="small" initialFocus={field}>
      <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
        {at !== undefined && <p className={styles["moment"]}>{textOf(at)}</p>}
        {fault !== undefined && (
          <p className={styles["fault"]} role="alert">
            {fault}
          </p>
        )}
        <div className={styles["line"]}>
          <label htmlFor={id}>{texts.bookmarks.note}</label>
          <TextField
            ref={field}
            id={id}
            placeholder={texts.bookmarks.noteHint}
            maxLength={longestNote}
            spellCheck
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <p className={styles["shared"]}>{texts.bookmarks.shared}</p>
        <div className={styles["end"]}>
          <Button type="submit" look="solid" aria-disabled={isSending || undefined}>
            {texts.bookmarks.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
