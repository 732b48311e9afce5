import type { ReactNode } from "react";

import { formatLatency, formatRate, formatShare } from "#scene/number-format.ts";
import { healthThresholds } from "#domain/health.ts";
import { texts } from "#store/texts.ts";

import { SeverityMark } from "../marks/SeverityMark.tsx";
import styles from "./traffic-cells.module.css";

/** Cells that every table of traffic has, so that a number looks the same wherever it stands. */
export function RateCell({ rate }: { readonly rate: number }): ReactNode {
  return formatRate(rate);
}

export function ErrorsCell({ share }: { readonly share: number }): ReactNode {
  const tone =
    share >= healthThresholds.failingDanger
      ? "danger"
      : share >= healthThresholds.degradedDanger
        ? "warning"
        : undefined;
  return <ShareCell share={share} tone={tone} />;
}

export function WarningsCell({ share }: { readonly share: number }): ReactNode {
  return <ShareCell share={share} tone={share >= healthThresholds.degradedWarning ? "warning" : undefined} />;
}

function ShareCell({
  share,
  tone,
}: {
  readonly share: number;
  readonly tone: string | undefined;
}): ReactNode {
  return (
    <span className={styles["share"]} data-tone={tone} data-zero={share === 0 ? "" : undefined}>
      {formatShare(share)}
    </span>
  );
}

export function LatencyCell({ ms }: { readonly ms: number }): ReactNode {
  return Number.isNaN(ms) ? (
    <span className={styles["share"]} data-zero="" title={texts.ui.notMeasured}>
      {formatLatency(ms)}
    </span>
  ) : (
    formatLatency(ms)
  );
}

/** A name, with the mark of its worst notice. */
export function NameCell({ name, badge }: { readonly name: string; readonly badge: number }): ReactNode {
  return (
    <span className={styles["name"]}>
      <span className={styles["text"]} title={name}>
        {name}
      </span>
      {badge > 0 && (
        <>
          <SeverityMark badge={badge} />
          <span className="visually-hidden">{texts.severities[badge - 1]}</span>
        </>
      )}
    </span>
  );
}
