import type { ReactNode } from "react";

import type { ChangeKind } from "#domain/compare-snapshots.ts";

import styles from "./ChangeMark.module.css";

const glyphs: Readonly<Record<ChangeKind, string>> = {
  new: "M8 4v8M4 8h8",
  gone: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  hotter: "M8 12V4M4.6 7.4L8 4l3.4 3.4",
  colder: "M8 4v8M4.6 8.6L8 12l3.4-3.4",
  same: "M4 8h8",
};

/** The picture's mark of a change, as words have it beside them. */
export function ChangeMark({ kind }: { readonly kind: ChangeKind }): ReactNode {
  return (
    <svg viewBox="0 0 16 16" className={styles["mark"]} data-kind={kind} aria-hidden="true">
      {kind === "new" || kind === "gone" ? (
        <rect x="1" y="1" width="14" height="14" rx="2" />
      ) : (
        <circle cx="8" cy="8" r="7" />
      )}
      <path d={glyphs[kind]} />
    </svg>
  );
}
