import type { JsonObject } from "#base/json.ts";

import { childNamed } from "./node-path.ts";
import type { EdgeIndex, NodeIndex, Topology } from "./topology.ts";

/** The type of a node that stands, inside a region, for another region. */
export const boundaryType = "region";

/** The region of what no source gives one: visible, so that somebody mends it. */
export const unknownRegion = "unknown";

/** Key of a boundary's metadata: the other region's name, where a service has taken that name. */
export const regionKey = "region";

/** Key of the metadata of an edge into or out of a boundary: names of services on the other side. */
export const beyondKey = "beyond";

/** The region that a node stands for inside another region; -1 where it stands for itself. */
export function regionBehind(topology: Topology, node: NodeIndex): NodeIndex {
  const own = topology.nodes[node];
  if (own?.type !== boundaryType || own.parent <= 0 || (topology.children[node]?.length ?? 0) > 0) return -1;
  const said = own.metadata?.[regionKey];
  const name = typeof said === "string" ? said : own.name;
  const parent = topology.nodes[own.parent]?.parent ?? -1;
  const region = parent < 0 ? -1 : childNamed(topology, parent, name);
  return region === own.parent ? -1 : region;
}

/** Whether a node is no service, but another region seen from inside this one. */
export function isBoundary(topology: Topology, node: NodeIndex): boolean {
  return regionBehind(topology, node) !== -1;
}

/** Services on the other side of an edge that leads into a boundary or out of it, as far as the source lists them. */
export function beyond(topology: Topology, edge: EdgeIndex): readonly string[] {
  return namesIn(topology.edges[edge]?.metadata);
}

function namesIn(metadata: JsonObject | undefined): readonly string[] {
  const listed = metadata?.[beyondKey];
  return Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [];
}
