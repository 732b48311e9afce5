import type { AppState } from "#store/app-state.ts";

export interface Found {
  /** What matches, of what is shown. */
  readonly count: number;
  readonly all: number;
  /** The match that was gone to last, from 1; 0 before any was. */
  readonly at: number;
}

/** What "find" and "only problems" have found in this view; undefined when neither is on. */
export function selectFound({ scene, search }: AppState): Found | undefined {
  if (scene?.found === undefined) return undefined;
  return { count: scene.found.size, all: scene.shown.nodes, at: search.match + 1 };
}

export function sameFound(a: Found | undefined, b: Found | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.count === b.count && a.all === b.all && a.at === b.at)
  );
}
