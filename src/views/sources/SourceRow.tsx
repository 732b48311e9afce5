import type { ReactNode } from "react";

import { formatAge, formatShare, formatSpan } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import { selectClockOffset } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { useNow } from "../use-now.ts";
import { SourceMark } from "./SourceMark.tsx";
import styles from "./SourceRow.module.css";

type Source = NonNullable<AppState["sources"]["list"]>[number];

const whole = new Intl.NumberFormat("en");

/** One source: how it is in a word, a shape and a colour, how old its data are, and what it counts. */
export function SourceRow({ source }: { readonly source: Source }): ReactNode {
  const { name, kind, state, windowMs, sampling, error, edges, problems, counts } = source;
  const age = useAge(source);
  return (
    <li className={styles["row"]} data-state={state}>
      <div className={styles["head"]}>
        <span className={styles["name"]}>{name}</span>
        <span className={styles["kind"]}>{kind}</span>
        <span className={styles["state"]} data-state={state}>
          <SourceMark state={state} />
          {texts.sources.states[state]}
        </span>
        <span className={styles["age"]}>
          {age === undefined ? texts.sources.never : fill(texts.sources.age, { age: formatAge(age) })}
        </span>
      </div>
      {error !== undefined && <p className={styles["error"]}>{error}</p>}
      <dl className={styles["facts"]}>
        <Number name={texts.sources.edges}>{whole.format(edges)}</Number>
        {windowMs !== undefined && <Number name={texts.sources.window}>{formatSpan(windowMs)}</Number>}
        {sampling !== undefined && (
          <Number name={texts.sources.observed}>
            {sampling < 1
              ? fill(texts.sources.scaledUp, { share: formatShare(sampling) })
              : formatShare(sampling)}
          </Number>
        )}
        <Number name={texts.sources.problems}>{whole.format(problems)}</Number>
        {counts.map(([what, count]) => (
          <Number key={what} name={what}>
            {whole.format(count)}
          </Number>
        ))}
      </dl>
    </li>
  );
}

/** Milliseconds since the moment that the source's newest data are about, by the server's clock; undefined before there are any. */
function useAge({ at }: Source): number | undefined {
  const offset = useAppState(selectClockOffset);
  const now = useNow();
  return at === undefined ? undefined : Math.max(0, now + offset - at);
}

function Number({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles["fact"]}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
