import { useMemo, useRef, useState, type ReactNode } from "react";

import type { Diagnostic } from "#domain/diagnostic.ts";
import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import { useVirtualRows } from "../ui/use-virtual-rows.ts";
import styles from "./ProblemsDialog.module.css";

/** px; the style sheet says the same. */
const rowHeight = 68;

const none: readonly Diagnostic[] = [];
const selectProblems = ({ feed }: AppState) => feed.source?.problems ?? none;

/** What was odd in the data, where, and what was done about it. */
export function ProblemsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const problems = useAppState(selectProblems);
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const found = useMemo(() => matching(problems, search), [problems, search]);
  const { first, end, above, below, onScroll } = useVirtualRows(scroller, found.length, rowHeight);
  return (
    <Dialog title={texts.problems.title} onClose={onClose} size="wide">
      <div className={styles["head"]}>
        <p>{texts.problems.intro}</p>
        <div className={styles["search"]}>
          <TextField
            aria-label={texts.problems.search}
            placeholder={texts.problems.search}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            after={
              <span className={styles["count"]}>
                {fill(texts.find.found, { count: found.length, all: problems.length })}
              </span>
            }
          />
        </div>
      </div>
      <section
        ref={scroller}
        className={styles["list"]}
        aria-label={texts.problems.title}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it scrolls by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <ul style={{ paddingTop: above, paddingBottom: below }}>
          {found.slice(first, end).map((problem, offset) => (
            <Problem
              key={first + offset}
              problem={problem}
              at={first + offset + 1}
              count={found.length}
              onGo={onClose}
            />
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

interface ProblemProps {
  readonly problem: Diagnostic;
  readonly at: number;
  readonly count: number;
  readonly onGo: () => void;
}

function Problem({ problem, at, count, onGo }: ProblemProps): ReactNode {
  const { actions } = useApp();
  const { kind, place, found, done, about } = problem;
  return (
    <li aria-posinset={at} aria-setsize={count} className={styles["problem"]}>
      <span className={styles["kind"]} data-kind={kind}>
        {texts.problems.kinds[kind]}
      </span>
      <div className={styles["texts"]}>
        <p className={styles["found"]} title={found}>
          {found}
        </p>
        <p className={styles["place"]} title={`${place}: ${done}`}>
          <code>{place}</code> · {done}
        </p>
      </div>
      {about !== undefined && (
        <button
          type="button"
          className={styles["show"]}
          onClick={() => {
            onGo();
            actions.enter(about.kind === "node" ? about.path.slice(0, -1) : about.parent);
            actions.select(about);
          }}
        >
          {texts.problems.show}
        </button>
      )}
    </li>
  );
}

function matching(problems: readonly Diagnostic[], search: string): readonly Diagnostic[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return problems;
  return problems.filter((problem) =>
    [problem.place, problem.found, problem.done].some((text) => text.toLowerCase().includes(wanted)),
  );
}
