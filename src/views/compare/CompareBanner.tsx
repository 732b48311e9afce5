import { GitCompareArrows, Table2, X } from "lucide-react";
import type { ReactNode } from "react";

import { changeKinds } from "#domain/compare-snapshots.ts";
import type { AppState } from "#store/app-state.ts";
import { selectIsTableOpen } from "#store/selectors.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { useMomentText } from "../bookmarks/use-moment-text.ts";
import { Button } from "../ui/Button.tsx";
import { compactQuery, useMedia } from "../use-media.ts";
import { ChangeMark } from "./ChangeMark.tsx";
import styles from "./CompareBanner.module.css";

const selectComparison = ({ compare }: AppState) => compare.comparison;

/** Says, as long as it is so, which two moments are set beside each other, what has changed, and leads back. */
export function CompareBanner(): ReactNode {
  const comparison = useAppState(selectComparison);
  const isTableOpen = useAppState(selectIsTableOpen);
  const { actions } = useApp();
  const textOf = useMomentText();
  const isNarrow = useMedia(compactQuery);
  if (comparison === undefined) return undefined;
  const isShown = comparison.kind === "shown";
  return (
    <section className={styles["banner"]} aria-label={texts.compare.label}>
      <GitCompareArrows aria-hidden className={styles["icon"]} />
      {comparison.kind === "shown" ? (
        <p className={styles["what"]}>
          {fill(texts.compare.banner, {
            now: textOf(comparison.after.at),
            past: textOf(comparison.before.at),
          })}
        </p>
      ) : (
        <output className={styles["what"]}>
          {comparison.kind === "loading"
            ? fill(texts.compare.loading, { past: textOf(comparison.at) })
            : fill(texts.compare.failed, { past: textOf(comparison.at), message: comparison.message })}
        </output>
      )}
      {isShown && <Counts counts={comparison.counts} />}
      <div className={styles["controls"]}>
        {isShown && (
          <Button
            look="quiet"
            icon={<Table2 />}
            isOn={isTableOpen}
            aria-label={texts.compare.table}
            onClick={() => actions.toggleTable()}
          >
            {isNarrow ? undefined : texts.compare.table}
          </Button>
        )}
        <Button
          icon={<X />}
          aria-label={texts.compare.stop}
          title={texts.compare.stop}
          onClick={() => actions.stopComparing()}
        />
      </div>
    </section>
  );
}

type Counts = Extract<NonNullable<AppState["compare"]["comparison"]>, { kind: "shown" }>["counts"];

/** How to read the marks, and how many there are of each. */
function Counts({ counts }: { readonly counts: Counts }): ReactNode {
  const changed = changeKinds.filter((kind) => kind !== "same" && counts[kind] > 0);
  if (changed.length === 0) {
    return (
      <p className={styles["none"]} title={texts.compare.noticed}>
        {texts.compare.none}
      </p>
    );
  }
  return (
    <ul className={styles["counts"]} title={texts.compare.noticed}>
      {changed.map((kind) => (
        <li key={kind} className={styles["count"]}>
          <ChangeMark kind={kind} />
          {countOf(
            { one: texts.compare.kindCounts[kind], other: texts.compare.kindCounts[kind] },
            counts[kind],
          )}
        </li>
      ))}
    </ul>
  );
}
