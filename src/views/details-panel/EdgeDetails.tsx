import { ArrowRight } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import { must } from "#base/assert.ts";
import { beyondKey } from "#domain/boundary.ts";
import { errorShare } from "#domain/health.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex } from "#domain/topology.ts";
import { formatLatency, formatRate, formatShare, formatSpan } from "#scene/number-format.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp } from "../app-context.ts";
import { ChangeLine } from "../compare/ChangeLine.tsx";
import { useIsGone } from "../compare/use-is-gone.ts";
import { edgeFacts, protocolKey, type EdgeEnd, type EdgeFacts } from "../facts/edge-facts.ts";
import { metadataEntries } from "../facts/metadata-entries.ts";
import { warningShare } from "../facts/traffic-row.ts";
import { HealthMark } from "../marks/HealthMark.tsx";
import { Fact, FactList } from "../ui/FactList.tsx";
import { ClassBar } from "./ClassBar.tsx";
import styles from "./EdgeDetails.module.css";
import { History } from "./History.tsx";
import { Metadata } from "./Metadata.tsx";
import { NoticeList } from "./NoticeList.tsx";
import { PanelHeader, PanelSection } from "./PanelSection.tsx";
import { Stat, Stats } from "./Stats.tsx";

export interface EdgeDetailsProps {
  readonly snapshot: TrafficSnapshot;
  readonly edge: EdgeIndex;
  readonly selection: ItemRef;
}

/** Parts of the metadata that are told where they belong. */
const shownElsewhere = new Set([beyondKey, protocolKey]);

export function EdgeDetails({ snapshot, edge, selection }: EdgeDetailsProps): ReactNode {
  const facts = useMemo(() => edgeFacts(snapshot, edge), [snapshot, edge]);
  const isGone = useIsGone(selection);
  const { metadata } = must(snapshot.topology.edges[edge]);
  const entries = useMemo(() => metadataEntries(metadata, shownElsewhere), [metadata]);
  const notices = useMemo(
    () => facts.notices.map((notice) => ({ notice, place: undefined })),
    [facts.notices],
  );
  const title = fill(texts.details.flow, { from: facts.source.label, to: facts.target.label });
  return (
    <>
      <PanelHeader
        title={title}
        shown={
          <span className={styles["ends"]}>
            <End end={facts.source} />
            <ArrowRight aria-hidden />
            <End end={facts.target} />
          </span>
        }
      >
        <p>
          <HealthMark health={facts.health} />
          {facts.beyond !== undefined && ` · ${facts.beyond}`}
        </p>
        <ChangeLine item={selection} />
      </PanelHeader>
      <NoticeList notices={notices} />
      <Stats>
        <Stat
          name={texts.details.rate}
          value={formatRate(facts.rates.total)}
          unit={texts.details.perSecond}
          isMain
        />
        <Stat name={texts.details.errors} value={formatShare(errorShare(facts.rates))} />
        <Stat name={texts.details.warnings} value={formatShare(warningShare(facts.rates))} />
      </Stats>
      <ClassBar shares={facts.shares} classes={snapshot.topology.classes} />
      <Latency latency={facts.latency} />
      {!isGone && (
        <History snapshot={snapshot} selection={selection} latencyName={texts.details.latencyP95} />
      )}
      <Origin facts={facts} />
      <Metadata entries={entries} name={undefined} />
    </>
  );
}

function End({ end }: { readonly end: EdgeEnd }): ReactNode {
  const { actions } = useApp();
  return (
    <button
      type="button"
      className={styles["end"]}
      title={fill(texts.details.goTo, { name: end.label })}
      onClick={() => actions.select(end.ref)}
    >
      {end.label}
    </button>
  );
}

function Latency({ latency }: { readonly latency: EdgeFacts["latency"] }): ReactNode {
  const { p50, p95, p99 } = latency;
  if ([p50, p95, p99].every(Number.isNaN)) {
    return <PanelSection title={texts.details.latency} aside={texts.ui.notMeasured} />;
  }
  return (
    <PanelSection title={texts.details.latency}>
      <Stats>
        <Stat name="p50" value={latencyText(p50)} />
        <Stat name="p95" value={latencyText(p95)} />
        <Stat name="p99" value={latencyText(p99)} />
      </Stats>
    </PanelSection>
  );
}

function latencyText(ms: number): string {
  return Number.isNaN(ms) ? texts.ui.notMeasured : formatLatency(ms);
}

function Origin({ facts }: { readonly facts: EdgeFacts }): ReactNode {
  const { provenance, windowMs, protocol } = facts;
  return (
    <PanelSection title={texts.details.provenance}>
      <FactList>
        {provenance !== undefined && <Fact name={texts.details.source}>{provenance.source}</Fact>}
        <Fact name={texts.source.window}>{formatSpan(windowMs)}</Fact>
        {provenance?.sampling !== undefined && (
          <Fact name={texts.details.sampled}>
            {provenance.sampling < 1
              ? fill(texts.details.scaledUp, { share: formatShare(provenance.sampling) })
              : texts.details.allSeen}
          </Fact>
        )}
        {protocol !== undefined && <Fact name={texts.details.protocol}>{protocol}</Fact>}
      </FactList>
    </PanelSection>
  );
}
