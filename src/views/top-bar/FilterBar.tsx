import { Filter, X } from "lucide-react";
import { useMemo, type KeyboardEvent, type ReactNode } from "react";

import { parseQuery } from "#domain/query.ts";
import type { AppState } from "#store/app-state.ts";
import { selectIsFilterOpen } from "#store/selectors.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import styles from "./FilterBar.module.css";
import { selectHiddenCount } from "./FilterButton.tsx";
import { QueryHelp } from "./QueryHelp.tsx";

const selectFilter = ({ search }: AppState) => search.filter;
const selectShown = ({ scene }: AppState) => scene?.shown.nodes ?? 0;
const selectAll = ({ scene }: AppState) => scene?.all.nodes ?? 0;

/** A second row of the top bar: hides what does not match, and says how much that is. */
export function FilterBar(): ReactNode {
  const isOpen = useAppState(selectIsFilterOpen);
  return isOpen ? <OpenFilterBar /> : undefined;
}

function OpenFilterBar(): ReactNode {
  const { actions } = useApp();
  const filter = useAppState(selectFilter);
  const shown = useAppState(selectShown);
  const all = useAppState(selectAll);
  const hidden = useAppState(selectHiddenCount);
  const fault = useMemo(() => {
    const query = parseQuery(filter);
    return query.ok ? undefined : query.error.message;
  }, [filter]);
  const close = (): void => {
    actions.setFilter("");
    actions.toggleFilter();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (filter === "") close();
    else actions.setFilter("");
  };
  return (
    <div className={styles["bar"]}>
      <search className={styles["field"]}>
        <TextField
          icon={<Filter aria-hidden />}
          aria-label={texts.filter.label}
          placeholder={texts.filter.placeholder}
          value={filter}
          isWrong={fault !== undefined}
          data-filter-field=""
          onChange={(event) => actions.setFilter(event.target.value)}
          onKeyDown={onKeyDown}
          after={<QueryHelp />}
        />
      </search>
      <p className={styles["count"]} role={fault === undefined ? "status" : "alert"}>
        {fault ??
          [
            fill(texts.filter.shown, { count: shown, all: countOf(texts.counts.nodes, all) }),
            ...(hidden > 0 ? [countOf(texts.counts.hidden, hidden)] : []),
          ].join(" · ")}
      </p>
      {hidden > 0 && (
        <Button size="small" look="quiet" onClick={() => actions.setFilter("")}>
          {texts.filter.clear}
        </Button>
      )}
      <span className={styles["end"]}>
        <Button icon={<X />} aria-label={texts.ui.close} onClick={close} />
      </span>
    </div>
  );
}
