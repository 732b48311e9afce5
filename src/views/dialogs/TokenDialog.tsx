import { useId, useRef, useState, type ReactNode, type SyntheticEvent } from "react";

import { selectPhase } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import styles from "./TokenDialog.module.css";

/** The server lets nobody look without a token: asks for one. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions } = useApp();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [token, setToken] = useState("");
  const phase = useAppState(selectPhase);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (token.trim() !== "") actions.authorize(token.trim());
  };
  return (
    <Dialog title={texts.token.title} onClose={onClose} size="small" initialFocus={field}>
      <form className={styles["form"]} onSubmit={submit}>
        <p className={styles["text"]}>{texts.token.intro}</p>
        {phase.kind === "refused" && (
          <p id={`${id}-said`} className={styles["said"]} role="alert">
            {phase.message}
          </p>
        )}
        <div className={styles["line"]}>
          <label htmlFor={`${id}-token`}>{texts.token.label}</label>
          <TextField
            ref={field}
            id={`${id}-token`}
            type="password"
            autoComplete="off"
            aria-describedby={phase.kind === "refused" ? `${id}-said` : undefined}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </div>
        <p className={styles["note"]}>{texts.token.privacy}</p>
        <div className={styles["end"]}>
          <Button type="submit" look="solid">
            {texts.token.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
