import { describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { builtScene, positionNamed } from "#testing/built-scene.ts";

import { buildEmphasis, type EmphasisInput } from "./emphasis.ts";
import { emphasisLevels } from "./scene.ts";

const scene = builtScene(twoRegions(), { focus: ["east"] });
const { structure } = scene;
const at = (name: string) => positionNamed(scene, name);

const nobody = {
  structure,
  hoveredNode: -1,
  hoveredEdge: -1,
  selectedNode: -1,
  selectedEdge: -1,
  focusedNode: -1,
} satisfies EmphasisInput;

/** Names of the nodes, and ends of the edges, of one level. */
function namesAt(level: number, input: Partial<EmphasisInput>) {
  const { nodes, edges } = buildEmphasis({ ...nobody, ...input });
  const { label } = structure.nodes;
  const ends = (edge: number) =>
    `${label[structure.edges.source[edge]!]} > ${label[structure.edges.target[edge]!]}`;
  return {
    nodes: label.filter((_, node) => nodes[node] === level),
    edges: [...edges.keys()].filter((edge) => edges[edge] === level).map(ends),
  };
}

const raised = (input: Partial<EmphasisInput>) => namesAt(emphasisLevels.raised, input);

describe("emphasis", () => {
  it("is the same for everything while nobody points at anything", () => {
    expect(namesAt(emphasisLevels.usual, {})).toEqual({
      nodes: ["INTERNET", "api", "cart", "store"],
      edges: ["INTERNET > api", "api > cart", "cart > store"],
    });
  });

  it("brings a node forward with what it touches, and dims the rest", () => {
    const hover = { hoveredNode: at("cart") };
    expect(raised(hover)).toEqual({ nodes: ["api", "cart", "store"], edges: ["api > cart", "cart > store"] });
    expect(namesAt(emphasisLevels.dimmed, hover)).toEqual({ nodes: ["INTERNET"], edges: ["INTERNET > api"] });
  });

  it("brings an edge forward with its two ends", () => {
    expect(raised({ selectedEdge: 1 })).toEqual({ nodes: ["api", "cart"], edges: ["api > cart"] });
  });

  it("stays with what is selected while the mouse moves about", () => {
    const selected = { selectedNode: at("INTERNET") };
    expect(raised({ ...selected, hoveredNode: at("store") })).toEqual(raised(selected));
    expect(raised({ ...selected, hoveredEdge: 2 })).toEqual(raised(selected));
    expect(raised({ selectedEdge: 0, hoveredNode: at("store") })).toEqual(raised({ selectedEdge: 0 }));
  });

  it("shows what a search has found above all else", () => {
    const found = { nodes: new Set([at("store"), at("cart")]), edges: new Set([2]) };
    expect(raised({ found, selectedNode: at("INTERNET") })).toEqual({
      nodes: ["cart", "store"],
      edges: ["cart > store"],
    });
  });

  it("dims everything when a search finds nothing", () => {
    const dimmed = namesAt(emphasisLevels.dimmed, { found: { nodes: new Set(), edges: new Set() } });
    expect([dimmed.nodes.length, dimmed.edges.length]).toEqual([4, 3]);
  });

  it("passes on what is hovered, selected and focused", () => {
    const said = { hoveredNode: 1, hoveredEdge: 2, selectedNode: 3, selectedEdge: 0, focusedNode: 2 };
    expect(buildEmphasis({ ...nobody, ...said })).toMatchObject(said);
  });
});
