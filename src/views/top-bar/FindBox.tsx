import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { useMemo, type KeyboardEvent, type ReactNode } from "react";

import { parseQuery } from "#domain/query.ts";
import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { Button } from "../ui/Button.tsx";
import { Keys } from "../ui/Keys.tsx";
import { TextField } from "../ui/TextField.tsx";
import { useCommand } from "../use-command.ts";
import styles from "./FindBox.module.css";
import { sameFound, selectFound } from "./found.ts";
import { QueryHelp } from "./QueryHelp.tsx";

const selectFind = ({ search }: AppState) => search.find;

/** Highlights what it finds in this view; says how much of how much, and goes from match to match. */
export function FindBox(): ReactNode {
  const { actions } = useApp();
  const find = useAppState(selectFind);
  const { keys, ariaKeys } = useCommand("find");
  const fault = useMemo(() => faultOf(find), [find]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") actions.nextMatch(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") leave(event.currentTarget, find, actions.setFind);
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles["box"]}>
      <TextField
        icon={<Search aria-hidden />}
        aria-label={texts.find.label}
        aria-keyshortcuts={ariaKeys}
        placeholder={texts.find.placeholder}
        value={find}
        isWrong={fault !== undefined}
        data-find-field=""
        onChange={(event) => actions.setFind(event.target.value)}
        onKeyDown={onKeyDown}
        after={
          find === "" ? (
            <span className={styles["hint"]}>
              <Keys keys={keys} />
              <QueryHelp />
            </span>
          ) : (
            <FindTools onClear={() => actions.setFind("")} />
          )
        }
      />
      {fault !== undefined && (
        <p className={styles["fault"]} role="alert">
          {fault}
        </p>
      )}
      {fault === undefined && find !== "" && <NothingFound />}
    </search>
  );
}

function FindTools({ onClear }: { readonly onClear: () => void }): ReactNode {
  const found = useAppState(selectFound, sameFound);
  return (
    <span className={styles["tools"]}>
      {found !== undefined && (
        <output className={styles["count"]}>
          {found.at > 0
            ? fill(texts.find.match, { at: found.at, count: found.count })
            : fill(texts.find.found, { count: found.count, all: found.all })}
        </output>
      )}
      <CommandButton id="previous-match" size="small" icon={<ChevronUp />} />
      <CommandButton id="next-match" size="small" icon={<ChevronDown />} />
      <Button size="small" icon={<X />} aria-label={texts.ui.clear} onClick={onClear} />
    </span>
  );
}

/** "Find" looks at this view only; the palette knows every node. */
function NothingFound(): ReactNode {
  const { actions } = useApp();
  const count = useAppState(({ scene }: AppState) => scene?.found?.size);
  if (count !== 0) return undefined;
  return (
    <div className={styles["fault"]}>
      {texts.find.nothing}{" "}
      <button type="button" className={styles["link"]} onClick={() => actions.openDialog("palette")}>
        {texts.find.everywhere}
      </button>
    </div>
  );
}

function faultOf(text: string): string | undefined {
  const query = parseQuery(text);
  return query.ok ? undefined : query.error.message;
}

/** The first Escape empties the field, the next one leaves it. */
function leave(field: HTMLInputElement, text: string, setText: (text: string) => void): void {
  if (text === "") field.blur();
  else setText("");
}
