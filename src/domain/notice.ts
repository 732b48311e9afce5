import type { EdgeIndex, NodeIndex, TopologyParts } from "./topology.ts";

/** 0 information, 1 warning, 2 error. */
export type NoticeSeverity = 0 | 1 | 2;

export type NoticeTarget =
  | { readonly kind: "node"; readonly node: NodeIndex }
  | { readonly kind: "edge"; readonly edge: EdgeIndex };

/** Something a person should know about a node or an edge, in the words of the source. Text, never HTML. */
export interface Notice {
  readonly target: NoticeTarget;
  readonly title: string;
  readonly subtitle?: string;
  /** An http or https address; readers drop every other kind. */
  readonly link?: string;
  readonly severity: NoticeSeverity;
}

/** Whether every notice stands on something that the topology has. */
export function targetsExist(notices: readonly Notice[], { nodes, edges }: TopologyParts): boolean {
  return notices.every(({ target }) =>
    target.kind === "node" ? target.node < nodes.length : target.edge < edges.length,
  );
}
