import type { Millis } from "#base/time.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { GroupContent, GroupInfo, Overview } from "../recording.ts";
import type { FrameRow } from "./day-file.ts";
import type { RecordingStoreOptions, SetAside, StoreHead } from "./recording-store.ts";

/** What the log asks of the thread that holds the files. */
export type StoreRequest =
  | { readonly ask: "append"; readonly row: FrameRow }
  | { readonly ask: "group-from"; readonly seq: Seq }
  | { readonly ask: "group-before"; readonly at: Millis }
  | { readonly ask: "group-at"; readonly first: Seq }
  | { readonly ask: "groups"; readonly from: Millis; readonly to: Millis }
  | { readonly ask: "overview"; readonly from: Millis; readonly to: Millis; readonly bins: number }
  | { readonly ask: "bytes" }
  | { readonly ask: "close" };

/** What each answer is. */
export interface StoreAnswers {
  /** The number that the frame has: another than its own when a frame of that id was stored before. */
  readonly append: { readonly seq: Seq; readonly head: StoreHead };
  readonly "group-from": GroupContent | undefined;
  readonly "group-before": GroupContent | undefined;
  readonly "group-at": GroupContent | undefined;
  readonly groups: readonly GroupInfo[];
  readonly overview: Overview;
  readonly bytes: number;
  readonly close: undefined;
}

export interface StoreOpened {
  readonly head: StoreHead;
  readonly setAside: readonly SetAside[];
}

export type ToStore =
  | { readonly kind: "open"; readonly options: RecordingStoreOptions }
  | { readonly kind: "request"; readonly id: number; readonly request: StoreRequest };

export type FromStore =
  | { readonly kind: "opened"; readonly opened: StoreOpened }
  | { readonly kind: "not-opened"; readonly why: string }
  | { readonly kind: "answer"; readonly id: number; readonly answer: StoreAnswers[keyof StoreAnswers] }
  | { readonly kind: "failure"; readonly id: number; readonly why: string; readonly head: StoreHead };
