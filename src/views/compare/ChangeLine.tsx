import type { ReactNode } from "react";

import type { ItemRef } from "#domain/node-path.ts";
import type { AppState } from "#store/app-state.ts";
import { changeOf, changesBelow } from "#store/compare-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { useMomentText } from "../bookmarks/use-moment-text.ts";
import styles from "./ChangeLine.module.css";
import { ChangeMark } from "./ChangeMark.tsx";
import { changeText } from "./change-text.ts";

const selectBefore = ({ compare: { comparison } }: AppState) =>
  comparison?.kind === "shown" ? comparison.before.at : undefined;

/** How one thing differs from the moment that it is compared with; nothing where it does not, or nothing is compared. */
export function ChangeLine({ item }: { readonly item: ItemRef }): ReactNode {
  const change = useAppState(({ compare }) => changeOf(compare, item));
  const inside = useAppState(({ compare }) => (item.kind === "node" ? changesBelow(compare, item.path) : 0));
  const before = useAppState(selectBefore);
  const textOf = useMomentText();
  if (before === undefined) return undefined;
  return (
    <>
      {change !== undefined && change.kind !== "same" && (
        <p className={styles["line"]}>
          <ChangeMark kind={change.kind} />
          {changeText(change, textOf(before))}
        </p>
      )}
      {inside > 0 && change?.kind !== "gone" && (
        <p className={styles["line"]}>{fill(texts.compare.inside, { count: inside })}</p>
      )}
    </>
  );
}
