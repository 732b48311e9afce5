import { Trash2 } from "lucide-react";
import { useRef, type ReactNode, type RefObject } from "react";

import type { AppState } from "#store/app-state.ts";
import { mayBookmark } from "#store/bookmark-desk.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useCommand } from "../use-command.ts";
import styles from "./BookmarksDialog.module.css";
import { useMomentText } from "./use-moment-text.ts";

type Bookmark = AppState["replay"]["bookmarks"][number];

const selectBookmarks = ({ replay }: AppState) => replay.bookmarks;

/** All bookmarks of the feed, the newest first: each leads to its moment. */
export function BookmarksDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const bookmarks = useAppState(selectBookmarks);
  const newest = useRef<HTMLButtonElement>(null);
  return (
    <Dialog title={texts.bookmarks.title} onClose={onClose} initialFocus={newest}>
      {bookmarks.length === 0 ? (
        <None />
      ) : (
        <ul className={styles["list"]} aria-label={texts.bookmarks.title}>
          {bookmarks.toReversed().map((bookmark, i) => (
            <Row key={bookmark.id} bookmark={bookmark} go={i === 0 ? newest : undefined} onGo={onClose} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function None(): ReactNode {
  const isAllowed = useAppState(mayBookmark);
  const { keys } = useCommand("bookmark");
  return (
    <div className={styles["none"]}>
      <p>{texts.bookmarks.none}</p>
      <p className={styles["tip"]}>
        {isAllowed ? fill(texts.bookmarks.noneTip, { key: keys[0] ?? "" }) : texts.bookmarks.noneTipViewer}
      </p>
    </div>
  );
}

interface RowProps {
  readonly bookmark: Bookmark;
  /** The button that leads there. */
  readonly go: RefObject<HTMLButtonElement | null> | undefined;
  readonly onGo: () => void;
}

function Row({ bookmark, go, onGo }: RowProps): ReactNode {
  const { actions } = useApp();
  const isAllowed = useAppState(mayBookmark);
  const textOf = useMomentText();
  const { id, at, to, note } = bookmark;
  const time =
    to === undefined ? textOf(at) : fill(texts.bookmarks.stretch, { from: textOf(at), to: textOf(to) });
  const words = note === "" ? texts.bookmarks.noNote : note;
  return (
    <li className={styles["row"]}>
      <button
        ref={go}
        type="button"
        className={styles["go"]}
        aria-label={fill(texts.bookmarks.go, { time, note: words })}
        onClick={() => {
          onGo();
          actions.goToBookmark(bookmark);
        }}
      >
        <span className={styles["time"]}>{time}</span>
        <span className={styles["note"]} data-empty={note === "" ? "" : undefined}>
          {words}
        </span>
      </button>
      {isAllowed && (
        <Button
          size="small"
          icon={<Trash2 />}
          aria-label={fill(texts.bookmarks.remove, { time })}
          onClick={() => void actions.removeBookmark(id)}
        />
      )}
    </li>
  );
}
