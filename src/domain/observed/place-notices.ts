import { must } from "#base/assert.ts";

import { boundaryType } from "../boundary.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { NodeIndex } from "../topology.ts";
import { serviceNodeName } from "./draw-edges.ts";
import type { GraphDraft } from "./graph-draft.ts";
import type { ObservedAbout, ObservedNotice } from "./observation.ts";

/** Puts notices on the nodes and edges that they are about; one that is about nothing in the picture is told of, not lost. */
export function placeNotices(
  draft: GraphDraft,
  source: string,
  notices: readonly ObservedNotice[],
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const { about, to, ...says } of notices) {
    const nodes = nodesOf(draft, about);
    const edges = to === undefined ? [] : edgesBetween(draft, nodes, nodesOf(draft, to));
    for (const edge of edges) draft.notices.push({ ...says, target: { kind: "edge", edge } });
    if (edges.length > 0) continue;
    for (const node of nodes) draft.notices.push({ ...says, target: { kind: "node", node } });
    if (nodes.length === 0) problems.push(nowhere(source, says.title, about));
  }
  return problems;
}

/** The nodes that something is about: the service in its region, or in every region, or the region itself. */
export function nodesOf(draft: GraphDraft, about: ObservedAbout): readonly NodeIndex[] {
  const regions = [...draft.childrenOf(0)].filter(
    ([name, node]) =>
      draft.nodes[node]?.isEntry !== true && (about.region === undefined || about.region === name),
  );
  if (about.service === undefined) {
    return about.region === undefined ? [] : regions.map(([, node]) => node);
  }
  const { namespace, service } = about;
  return regions.flatMap(([, region]) => {
    if (namespace !== undefined) {
      const node = draft.child(region, serviceNodeName({ namespace, name: service }));
      if (node !== undefined) return [node];
    }
    return [...draft.childrenOf(region)]
      .filter(([, node]) => isNamed(draft, node, service, namespace))
      .map(([, node]) => node);
  });
}

/** Whether a node is the service of that name, in whatever namespace unless one is asked for. */
function isNamed(
  draft: GraphDraft,
  node: NodeIndex,
  service: string,
  namespace: string | undefined,
): boolean {
  const { name, displayName, type, metadata } = must(draft.nodes[node]);
  if (type === boundaryType) return false;
  const own = metadata?.["namespace"];
  if (namespace !== undefined && own !== undefined && own !== namespace) return false;
  return name === service || displayName === service;
}

function edgesBetween(
  draft: GraphDraft,
  sources: readonly NodeIndex[],
  targets: readonly NodeIndex[],
): readonly number[] {
  return sources.flatMap((source) =>
    targets.flatMap((target) => {
      const edge = draft.findEdge(source, target);
      return edge === undefined ? [] : [edge];
    }),
  );
}

function nowhere(source: string, title: string, { region, namespace, service }: ObservedAbout): Diagnostic {
  const place = [service, namespace, region].filter((part) => part !== undefined).join(" in ");
  return {
    kind: "note",
    place: source,
    found: `"${title}" is about ${place === "" ? "nothing that it names" : place}, which is not in the picture`,
    done: "listed it here only",
  };
}
