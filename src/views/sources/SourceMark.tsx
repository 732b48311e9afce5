import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";

import styles from "./SourceRow.module.css";

type State = NonNullable<AppState["sources"]["list"]>[number]["state"];

/** The shapes of health: a disc is well, a triangle a warning, a diamond a failure; a ring waits. */
const shapes: Readonly<Record<State, ReactNode>> = {
  ok: <circle cx="8" cy="8" r="5" />,
  waiting: <path d="M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6z" />,
  stale: <path d="M8 2.2 14.4 13.6H1.6z" />,
  failed: <path d="m8 1.4 6.6 6.6L8 14.6 1.4 8z" />,
};

export function SourceMark({ state }: { readonly state: State }): ReactNode {
  return (
    <svg className={styles["mark"]} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}
