import { must } from "#base/assert.ts";
import type { ItemChange } from "#domain/compare-snapshots.ts";
import type { ViewRole } from "#domain/focus.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import { formatAge, formatRate, formatShare } from "#scene/number-format.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { spokenChange } from "../compare/change-text.ts";
import { boundarySentences } from "../facts/boundary-facts.ts";
import { nodeFacts, type NeighbourRow, type NodeFacts } from "../facts/node-facts.ts";
import { warningShare } from "../facts/traffic-row.ts";

const { twin } = texts;

/** More neighbours than this are counted, not named. */
const mostNames = 4;

/** A node of the picture in words: what it is, how it fares, whom it talks to. The most urgent comes first, because listening takes time. */
export function nodeSentence(
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
  node: NodeIndex,
  role: ViewRole,
  change?: ItemChange,
): string {
  const facts = nodeFacts(snapshot, volumes, node);
  const { rates, notices } = facts;
  const isEntry = must(snapshot.topology.nodes[node]).isEntry === true;
  return [
    facts.label,
    isEntry ? twin.entry : role === "instance" ? twin.instance : kindOf(facts),
    spokenChange(change),
    texts.health[facts.health],
    rates.total > 0 ? fill(twin.rate, { rate: formatRate(rates.total) }) : "",
    rates.danger > 0 ? fill(twin.errors, { share: formatShare(rates.danger / rates.total) }) : "",
    rates.warning > 0 ? fill(twin.warnings, { share: formatShare(warningShare(rates)) }) : "",
    facts.staleMs > 0 ? fill(twin.stale, { age: formatAge(facts.staleMs) }) : "",
    notices.length > 0
      ? `${countOf(texts.counts.notices, notices.length)}: ${notices[0]?.notice.title ?? ""}`
      : "",
    ...(facts.boundary === undefined ? [] : boundarySentences(facts.boundary)),
    neighbours(twin.callers, facts.incoming),
    neighbours(twin.callees, facts.outgoing),
    facts.canEnter && role !== "centre" ? twin.enterable : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function kindOf({ boundary, type }: NodeFacts): string {
  return boundary === undefined ? (type ?? "") : texts.boundary.kind;
}

function neighbours(text: string, rows: readonly NeighbourRow[]): string {
  if (rows.length === 0) return "";
  const named = rows
    .toSorted((a, b) => b.rate - a.rate)
    .slice(0, mostNames)
    .map(({ name }) => name)
    .join(", ");
  const rest = rows.length - mostNames;
  return fill(text, { names: rest > 0 ? fill(twin.andMore, { names: named, count: rest }) : named });
}
