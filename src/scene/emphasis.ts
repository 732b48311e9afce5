import { emphasisLevels, type Emphasis, type SceneStructure } from "./scene.ts";

/** What a person has pointed at, by position in the scene; -1 or absent where nothing is. */
export interface EmphasisInput {
  readonly structure: SceneStructure;
  readonly hoveredNode: number;
  readonly hoveredEdge: number;
  readonly selectedNode: number;
  readonly selectedEdge: number;
  readonly focusedNode: number;
  /** Nodes and edges that a search has found, or that have a problem: everything else is dimmed. */
  readonly found?: { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<number> };
}

/**
 * Brings forward what is pointed at and what touches it, and dims the rest. A hover looks at its own neighbourhood only when nothing is selected,
 * so that moving the mouse over a busy picture does not take away what one is looking at.
 */
export function buildEmphasis(input: EmphasisInput): Emphasis {
  const { structure, found } = input;
  const nodes = new Uint8Array(structure.nodes.count);
  const edges = new Uint8Array(structure.edges.count);
  const hasSelection = input.selectedNode >= 0 || input.selectedEdge >= 0;
  const node = hasSelection ? input.selectedNode : input.hoveredNode;
  const edge = hasSelection ? input.selectedEdge : input.hoveredEdge;
  if (found !== undefined) raiseFound(found, nodes, edges);
  else if (node >= 0) raiseAround(structure, node, nodes, edges);
  else if (edge >= 0) raiseEdge(structure, edge, nodes, edges);
  return {
    nodes,
    edges,
    hoveredNode: input.hoveredNode,
    hoveredEdge: input.hoveredEdge,
    selectedNode: input.selectedNode,
    selectedEdge: input.selectedEdge,
    focusedNode: input.focusedNode,
  };
}

function raiseFound(found: NonNullable<EmphasisInput["found"]>, nodes: Uint8Array, edges: Uint8Array): void {
  nodes.fill(emphasisLevels.dimmed);
  edges.fill(emphasisLevels.dimmed);
  for (const node of found.nodes) nodes[node] = emphasisLevels.raised;
  for (const edge of found.edges) edges[edge] = emphasisLevels.raised;
}

function raiseAround(structure: SceneStructure, node: number, nodes: Uint8Array, edges: Uint8Array): void {
  nodes.fill(emphasisLevels.dimmed);
  nodes[node] = emphasisLevels.raised;
  for (let edge = 0; edge < structure.edges.count; edge += 1) {
    const source = structure.edges.source[edge]!;
    const target = structure.edges.target[edge]!;
    const touches = source === node || target === node;
    edges[edge] = touches ? emphasisLevels.raised : emphasisLevels.dimmed;
    if (source === node) nodes[target] = emphasisLevels.raised;
    if (target === node) nodes[source] = emphasisLevels.raised;
  }
}

function raiseEdge(structure: SceneStructure, edge: number, nodes: Uint8Array, edges: Uint8Array): void {
  nodes.fill(emphasisLevels.dimmed);
  edges.fill(emphasisLevels.dimmed);
  edges[edge] = emphasisLevels.raised;
  nodes[structure.edges.source[edge]!] = emphasisLevels.raised;
  nodes[structure.edges.target[edge]!] = emphasisLevels.raised;
}
