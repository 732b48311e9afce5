import type { FeedSource } from "#players/feed-sources.ts";

import type { AppState } from "./app-state.ts";

/** The systems that the feed is put together from. Kept up to date while somebody looks at them. */
export interface SourcesState {
  /** Undefined until the server has answered. */
  readonly list: readonly FeedSource[] | undefined;
  /** Why the server's last answer is none, as a sentence; the list is then the last that came. */
  readonly fault: string | undefined;
}

export const noSourcesKnown: SourcesState = { list: undefined, fault: undefined };

/** Whether what is shown is put together from other systems, so that there is something to say of them. */
export function hasSources({ feed: { source } }: AppState): boolean {
  return source?.sources !== undefined && source.file === undefined;
}
