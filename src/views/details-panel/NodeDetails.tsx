import { ArrowRightLeft, LogIn, Pin } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import { must } from "#base/assert.ts";
import { regionKey } from "#domain/boundary.ts";
import { pathKey, type ItemRef, type NodePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import { formatAge, formatRate, formatShare } from "#scene/number-format.ts";
import { drillWords } from "#store/drill-words.ts";
import type { AppState } from "#store/app-state.ts";
import { pinnedSelection } from "#store/commands/move-commands.ts";
import { regionsOf } from "#store/drill-regions.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { ChangeLine } from "../compare/ChangeLine.tsx";
import { useIsGone } from "../compare/use-is-gone.ts";
import { SurvivalTable } from "../drill/SurvivalTable.tsx";
import { SurvivesLoss } from "../drill/SurvivesLoss.tsx";
import { selectIsSimulated } from "../simulated/shown-drill.ts";
import { metadataEntries } from "../facts/metadata-entries.ts";
import { capacityFromKey, nodeFacts, type Load, type NodeFacts } from "../facts/node-facts.ts";
import { warningShare } from "../facts/traffic-row.ts";
import { HealthMark } from "../marks/HealthMark.tsx";
import { Button } from "../ui/Button.tsx";
import { useCommand } from "../use-command.ts";
import { Beyond, UnknownRegion } from "./Beyond.tsx";
import { ClassBar } from "./ClassBar.tsx";
import { History } from "./History.tsx";
import { InstanceTable } from "./InstanceTable.tsx";
import styles from "./NodeDetails.module.css";
import { Metadata } from "./Metadata.tsx";
import { NeighbourTable } from "./NeighbourTable.tsx";
import { NoticeList } from "./NoticeList.tsx";
import type { PanelSorts } from "./panel-sorts.ts";
import { PanelHeader, PanelSection } from "./PanelSection.tsx";
import { Stat, Stats } from "./Stats.tsx";

export interface NodeDetailsProps {
  readonly snapshot: TrafficSnapshot;
  readonly volumes: NodeVolumes;
  readonly node: NodeIndex;
  readonly selection: ItemRef;
  readonly sorts: PanelSorts;
  readonly onSorts: (sorts: PanelSorts) => void;
}

/** Parts of the metadata that are told where they belong. */
const shownElsewhere = new Set([capacityFromKey, regionKey]);

export function NodeDetails(props: NodeDetailsProps): ReactNode {
  const { snapshot, volumes, node, selection, sorts, onSorts } = props;
  const facts = useMemo(() => nodeFacts(snapshot, volumes, node), [snapshot, volumes, node]);
  const isGone = useIsGone(selection);
  const { metadata } = must(snapshot.topology.nodes[node]);
  const entries = useMemo(() => metadataEntries(metadata, shownElsewhere), [metadata]);
  return (
    <>
      <PanelHeader title={facts.label}>
        <HealthLine facts={facts} />
        <ChangeLine item={selection} />
        <NodeActions facts={facts} selection={selection} />
      </PanelHeader>
      <NoticeList notices={facts.notices} />
      {facts.isUnknownRegion && <UnknownRegion />}
      <Stats>
        <Stat
          name={texts.details.rate}
          value={formatRate(facts.rates.total)}
          unit={texts.details.perSecond}
          isMain
        />
        <Stat
          name={texts.details.errors}
          value={formatShare(shareOf(facts.rates.danger, facts.rates.total))}
        />
        <Stat name={texts.details.warnings} value={formatShare(warningShare(facts.rates))} />
      </Stats>
      <ClassBar shares={facts.shares} classes={snapshot.topology.classes} />
      {facts.load !== undefined && <LoadMeter load={facts.load} />}
      {facts.boundary !== undefined && <Beyond boundary={facts.boundary} />}
      {!isGone && <History snapshot={snapshot} selection={selection} latencyName={texts.details.slowest} />}
      <Survival selection={selection} isEntry={snapshot.topology.nodes[node]?.isEntry === true} />
      <NeighbourTable
        title={texts.details.incoming}
        rows={facts.incoming}
        sort={sorts.incoming}
        onSort={(incoming) => onSorts({ ...sorts, incoming })}
      />
      <NeighbourTable
        title={texts.details.outgoing}
        rows={facts.outgoing}
        sort={sorts.outgoing}
        onSort={(outgoing) => onSorts({ ...sorts, outgoing })}
      />
      <InstanceTable
        rows={facts.instances}
        count={facts.instanceCount}
        sort={sorts.instances}
        onSort={(instances) => onSorts({ ...sorts, instances })}
      />
      <Metadata entries={entries} name={facts.name === facts.label ? undefined : facts.name} />
    </>
  );
}

function HealthLine({ facts }: { readonly facts: NodeFacts }): ReactNode {
  return (
    <p>
      <HealthMark health={facts.health} />
      {facts.declared !== undefined && ` · ${fill(texts.details.declared, { name: facts.declared })}`}
      {facts.inside > 0 && ` · ${countOf(texts.counts.nodes, facts.inside)}`}
      {facts.staleMs > 0 && ` · ${fill(texts.details.stale, { age: formatAge(facts.staleMs) })}`}
    </p>
  );
}

const selectIsPinned = (state: AppState) => pinnedSelection(state) !== undefined;

function NodeActions({
  facts,
  selection,
}: {
  readonly facts: NodeFacts;
  readonly selection: ItemRef;
}): ReactNode {
  const { actions } = useApp();
  const isPinned = useAppState(selectIsPinned);
  const path = selection.kind === "node" ? selection.path : [];
  const isEntered = useAppState((state) => pathKey(state.view.focus) === pathKey(path));
  const canEnter = facts.canEnter && !isEntered;
  const isRegion = useAppState((state) => regionNamed(state, path) !== undefined);
  const isRunning = useAppState(selectIsSimulated);
  const canFailOver = useCommand("drill").isAvailable && isRegion && !isRunning;
  if (!canEnter && !isPinned && !canFailOver) return undefined;
  return (
    <div>
      {canEnter && (
        <Button look="solid" icon={<LogIn />} onClick={() => actions.enter(path)}>
          {facts.boundary === undefined
            ? texts.details.enter
            : fill(texts.boundary.go, { name: facts.boundary.region })}
        </Button>
      )}
      {canFailOver && (
        <Button look="quiet" icon={<ArrowRightLeft />} onClick={() => actions.openDrill(path[0])}>
          {drillWords.drillPanel.button}
        </Button>
      )}
      {isPinned && (
        <CommandButton id="unpin" look="quiet" icon={<Pin />}>
          {texts.details.unpin}
        </CommandButton>
      )}
    </div>
  );
}

/** What the loss of other regions would do to this one; at the entry, the whole table. */
function Survival({
  selection,
  isEntry,
}: {
  readonly selection: ItemRef;
  readonly isEntry: boolean;
}): ReactNode {
  const path = selection.kind === "node" ? selection.path : [];
  const region = useAppState((state) => regionNamed(state, path));
  // It is of the traffic that is measured, and would stand beside numbers of a drill.
  const isSimulated = useAppState(selectIsSimulated);
  if (isSimulated) return undefined;
  if (region !== undefined) return <SurvivesLoss region={region} />;
  return path.length === 0 || (isEntry && path.length === 1) ? <SurvivalTable /> : undefined;
}

/** The name, when the path is that of a region that can be failed over. */
function regionNamed({ feed: { current } }: AppState, path: NodePath): string | undefined {
  const [name] = path;
  if (current === undefined || path.length !== 1) return undefined;
  const isOne = regionsOf(current.topology).some((node) => current.topology.nodes[node]?.name === name);
  return isOne ? name : undefined;
}

function LoadMeter({ load }: { readonly load: Load }): ReactNode {
  const text = fill(texts.details.loadOf, { share: formatShare(load.share), limit: formatRate(load.limit) });
  return (
    <PanelSection title={texts.details.load[load.kind]} aside={text}>
      <meter min={0} max={1} low={0.7} high={0.9} optimum={0} value={Math.min(1, load.share)}>
        {text}
      </meter>
      {load.from !== undefined && (
        <p className={styles["from"]}>{fill(texts.details.capacityFrom, { from: load.from })}</p>
      )}
    </PanelSection>
  );
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
