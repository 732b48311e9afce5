import * as fc from "fast-check";

import { drillStages, type DrillInfo } from "#domain/drill-info.ts";
import { createSnapshot, emptyValues, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { Notice } from "#domain/notice.ts";
import { createTopology, type NodeView, type TrafficEdge, type TrafficNode } from "#domain/topology.ts";
import { standardClasses, type TrafficClass } from "#domain/traffic-class.ts";

/** Few names, so that two snapshots share many; odd ones, because real files have them. */
const names = ["a", "b", "a b", "0", "1 a", "__proto__", "x/y--z:1", "größe", '"', "", "c", "d"] as const;

/** No -0: JSON does not keep its sign, and no rate has one. */
export const arbitraryValue = fc.oneof(
  fc.constant(NaN),
  fc.constant(0),
  fc.double({ noNaN: true, min: 0, max: 1e9 }).map((value) => value + 0),
  fc.nat(3),
);

const arbitraryExtra = fc.dictionary(
  fc.constantFrom("k", "l", "constructor"),
  fc.oneof(fc.string(), fc.nat(), fc.boolean(), fc.constant(null), fc.array(fc.nat(9), { maxLength: 2 })),
);

interface NodeDraft {
  readonly parentPick: number;
  readonly name: string;
  readonly type: string | undefined;
  readonly isEntry: boolean;
  readonly view: NodeView | undefined;
  readonly extra: TrafficNode["extra"] | undefined;
}

interface EdgeDraft {
  readonly sourcePick: number;
  readonly targetPick: number;
  readonly class: string | undefined;
}

const nodeDraft: fc.Arbitrary<NodeDraft> = fc.record({
  parentPick: fc.nat(20),
  name: fc.constantFrom(...names),
  type: fc.option(fc.constantFrom("service", "storage"), { nil: undefined }),
  isEntry: fc.nat(5).map((pick) => pick === 0),
  view: fc.option(fc.constantFrom("ring", "flow", "neighbourhood"), { nil: undefined, freq: 1 }),
  extra: fc.option(arbitraryExtra, { nil: undefined }),
});

const edgeDraft: fc.Arbitrary<EdgeDraft> = fc.record({
  sourcePick: fc.nat(40),
  targetPick: fc.nat(40),
  class: fc.option(fc.constantFrom("danger", "warning"), { nil: undefined }),
});

const classLists: readonly (readonly TrafficClass[])[] = [
  standardClasses,
  [{ name: "normal", severity: "normal", color: "#abc" }],
  [
    { name: "danger", severity: "danger" },
    { name: "normal", severity: "normal" },
  ],
];

/** No -0, as above. */
const arbitraryDrill: fc.Arbitrary<DrillInfo> = fc.record({
  drill: fc.constantFrom("0f", "1e"),
  victim: fc.constantFrom(...names),
  saviours: fc.array(fc.constantFrom(...names), { maxLength: 2 }),
  stage: fc.constantFrom(...drillStages),
  elapsedMs: fc.integer({ min: -2, max: 2 }).map((elapsed) => elapsed + 0),
});

/** Any snapshot that the domain's promises allow; two of them share much of their structure. */
export const arbitrarySnapshot: fc.Arbitrary<TrafficSnapshot> = fc
  .record({
    at: fc.nat(1e6),
    windowMs: fc.constantFrom(1000, 10_000),
    revision: fc.nat(3),
    classes: fc.constantFrom(...classLists),
    nodes: fc.array(nodeDraft, { maxLength: 12 }),
    edges: fc.array(edgeDraft, { maxLength: 12 }),
    values: fc.array(arbitraryValue, { minLength: 1, maxLength: 12 }),
    noticeTitles: fc.array(fc.string(), { maxLength: 3 }),
    simulated: fc.option(arbitraryDrill, { nil: undefined }),
  })
  .map(({ revision, classes, nodes: nodeDrafts, edges: edgeDrafts, values, noticeTitles, ...rest }) => {
    const { at, windowMs, simulated } = rest;
    const nodes = drawNodes(nodeDrafts);
    const edges = drawEdges(edgeDrafts, nodes);
    const topology = createTopology({ revision, classes, nodes, edges });
    const rates = edges.length * classes.length;
    const slots = emptyValues(topology).map((_, slot) => {
      const value = values[(slot * 7) % values.length] ?? 0;
      // A class that is not mentioned has the rate 0: among the rates nothing is unknown.
      return slot < rates && Number.isNaN(value) ? 0 : value;
    });
    return createSnapshot({
      at,
      windowMs,
      topology,
      notices: notices(noticeTitles, nodes),
      ...(simulated === undefined ? {} : { simulated }),
      values: slots,
    });
  });

function drawNodes(drafts: readonly NodeDraft[]): TrafficNode[] {
  const nodes: TrafficNode[] = [{ name: "global", parent: -1 }];
  for (const { parentPick, name, type, isEntry, view, extra } of drafts) {
    const parent = parentPick % nodes.length;
    if (nodes.some((node) => node.parent === parent && node.name === name)) continue;
    nodes.push({
      name,
      parent,
      ...(type === undefined ? {} : { type }),
      ...(isEntry ? { isEntry } : {}),
      ...(view === undefined ? {} : { view }),
      ...(extra === undefined ? {} : { extra }),
    });
  }
  return nodes;
}

function drawEdges(drafts: readonly EdgeDraft[], nodes: readonly TrafficNode[]): TrafficEdge[] {
  const edges: TrafficEdge[] = [];
  for (const draft of drafts) {
    const source = draft.sourcePick % nodes.length;
    const siblings = nodes.flatMap((node, i) => (node.parent === nodes[source]?.parent ? [i] : []));
    const target = siblings[draft.targetPick % siblings.length] ?? source;
    if (source === 0 || edges.some((edge) => edge.source === source && edge.target === target)) continue;
    edges.push({ source, target, ...(draft.class === undefined ? {} : { class: draft.class }) });
  }
  return edges;
}

function notices(titles: readonly string[], nodes: readonly TrafficNode[]): Notice[] {
  return titles.map((title, i) => ({
    target: { kind: "node", node: i % nodes.length },
    title,
    severity: i === 0 ? 2 : 0,
  }));
}
