import type { DeltaMessage } from "#protocol/delta-message.ts";
import type { DrillState, Gap, Goodbye, Reset, SourceMessage } from "#protocol/messages.ts";
import type { SnapshotMessage } from "#protocol/snapshot-message.ts";

/** What a feed says to its viewers. */
export type FeedMessage =
  | { readonly event: "snapshot"; readonly body: SnapshotMessage }
  | { readonly event: "delta"; readonly body: DeltaMessage }
  | { readonly event: "gap"; readonly body: Gap }
  | { readonly event: "reset"; readonly body: Reset }
  | { readonly event: "source"; readonly body: SourceMessage }
  | { readonly event: "drill"; readonly body: DrillState };

/** The connections, as the audience of a feed sees them. */
export interface Outlet {
  /** Encodes once, whatever the number of viewers. Ids of viewers that have left are passed over. */
  send(ids: readonly string[], message: FeedMessage): void;
  /** What has been handed to the connection and has not left this machine yet, as far as that can be known. */
  bufferedBytes(id: string): number;
  /** Says goodbye and closes the connection. */
  cut(id: string, goodbye: Goodbye): void;
}
