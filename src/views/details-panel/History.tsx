import { useMemo, type ReactNode } from "react";

import { healthThresholds } from "#domain/health.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { formatLatency, formatRate, formatShare } from "#scene/number-format.ts";
import { texts } from "#store/texts.ts";

import { useApp } from "../app-context.ts";
import { historyOf } from "./history-series.ts";
import { PanelSection } from "./PanelSection.tsx";
import { Sparkline } from "./Sparkline.tsx";

export interface HistoryProps {
  /** Redraws when another one comes. */
  readonly snapshot: TrafficSnapshot;
  readonly selection: ItemRef;
  readonly latencyName: string;
}

/** The last minutes as small charts under one another, each on a scale of its own: errors would be invisible on that of the whole. */
export function History({ snapshot, selection, latencyName }: HistoryProps): ReactNode {
  const app = useApp();
  const history = useMemo(
    () => historyOf(app.seriesOf(selection), snapshot.at),
    [app, selection, snapshot.at],
  );
  const { at, total, danger, warning, latencyMs } = history;
  const isShort = at.length < 3;
  return (
    <PanelSection title={texts.details.history}>
      {isShort ? (
        texts.details.noHistory
      ) : (
        <>
          <Sparkline
            name={texts.details.rate}
            at={at}
            values={total}
            tone="total"
            format={formatRate}
            isTall
          />
          <Sparkline
            name={texts.details.errors}
            at={at}
            values={danger}
            tone="danger"
            format={formatShare}
            least={healthThresholds.degradedWarning}
          />
          <Sparkline
            name={texts.details.warnings}
            at={at}
            values={warning}
            tone="warning"
            format={formatShare}
            least={healthThresholds.degradedWarning}
          />
          {latencyMs.some((ms) => ms > 0) && (
            <Sparkline name={latencyName} at={at} values={latencyMs} tone="latency" format={formatLatency} />
          )}
        </>
      )}
    </PanelSection>
  );
}
