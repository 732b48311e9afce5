import { canEnter } from "#domain/focus.ts";
import type { NodeIndex, Topology } from "#domain/topology.ts";
import { rowTotal } from "#domain/volume.ts";

import type { AppState } from "./app-state.ts";
import { memo } from "./memo.ts";

/** The nodes that can be failed over: children of the root with something inside, save where traffic enters. */
export function regionsOf(topology: Topology): readonly NodeIndex[] {
  return (topology.children[0] ?? []).filter(
    (node) => topology.nodes[node]?.isEntry !== true && canEnter(topology, node),
  );
}

/** What regions are called for people, by their names in the data; a name that is not there stands for itself. */
export type RegionLabel = (name: string) => string;

const labelsIn = memo((topology: Topology | undefined): RegionLabel => {
  const shown = new Map<string, string>();
  for (const node of topology?.children[0] ?? []) {
    const { name, displayName } = topology?.nodes[node] ?? { name: "" };
    if (displayName !== undefined) shown.set(name, displayName);
  }
  return (name) => shown.get(name) ?? name;
});

/** The same function as long as the topology is the same. */
export const selectRegionLabel = (state: AppState): RegionLabel => labelsIn(state.feed.current?.topology);

/** Name of the region that a person most likely means: under the pointer, selected, under the keyboard or entered, else the one that carries most. */
export function likelyVictim({ feed, view }: AppState): string | undefined {
  const { current, volumes } = feed;
  if (current === undefined || volumes === undefined) return undefined;
  const { topology } = current;
  const regions = regionsOf(topology);
  const named = new Map(regions.map((node) => [topology.nodes[node]?.name, node]));
  const selected = view.selection?.kind === "node" ? view.selection.path[0] : undefined;
  const hovered = view.hover?.kind === "node" ? view.hover.path[0] : undefined;
  for (const name of [hovered, selected, view.cursor?.[0], view.focus[0]]) {
    if (name !== undefined && named.has(name)) return name;
  }
  let busiest: NodeIndex | undefined;
  let most = -Infinity;
  for (const region of regions) {
    const volume = rowTotal(volumes.through, region, topology.classes.length);
    if (volume > most) {
      most = volume;
      busiest = region;
    }
  }
  return busiest === undefined ? undefined : topology.nodes[busiest]?.name;
}
