import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { SourceRow } from "./SourceRow.tsx";
import styles from "./SourcesDialog.module.css";

const selectSources = ({ sources }: AppState) => sources;

/** How each of the systems is that the feed is put together from. What they say is text, never HTML. */
export function SourcesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { list, fault } = useAppState(selectSources);
  return (
    <Dialog title={texts.sources.title} onClose={onClose} size="wide">
      <p className={styles["intro"]}>{texts.sources.intro}</p>
      {fault !== undefined && (
        <p className={styles["fault"]} role="alert">
          {fill(texts.sources.fault, { message: fault })}
        </p>
      )}
      {list === undefined ? (
        fault === undefined && <p className={styles["none"]}>{texts.ui.loading}</p>
      ) : list.length === 0 ? (
        <p className={styles["none"]}>{texts.sources.none}</p>
      ) : (
        <ul
          className={styles["list"]}
          aria-label={texts.sources.title}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it scrolls by keyboard
          tabIndex={0}
        >
          {list.map((source) => (
            <SourceRow key={source.name} source={source} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}
