import type { NodeView } from "#domain/topology.ts";

/** How Vizceral's renderers are shown here. */
const viewOfRenderer: ReadonlyMap<string, NodeView> = new Map([
  ["global", "ring"],
  ["dns", "ring"],
  ["region", "flow"],
  ["focused", "neighbourhood"],
  ["focusedChild", "neighbourhood"],
]);

/** What Vizceral's layouts were drawn for; they decide where there is no renderer. */
const viewOfLayout: ReadonlyMap<string, NodeView> = new Map([
  ["ringCenter", "ring"],
  ["ring", "ring"],
  ["ltrTree", "flow"],
  ["dns", "flow"],
]);

const rendererOfView: Readonly<Record<NodeView, string>> = {
  ring: "global",
  flow: "region",
  neighbourhood: "focusedChild",
};

export function viewForRenderer(renderer: unknown): NodeView | undefined {
  return typeof renderer === "string" ? viewOfRenderer.get(renderer) : undefined;
}

export function viewForLayout(layout: unknown): NodeView | undefined {
  return typeof layout === "string" ? viewOfLayout.get(layout) : undefined;
}

/** The renderer that Vizceral needs for such a view. */
export function rendererFor(view: NodeView): string {
  return rendererOfView[view];
}
