import type { Result } from "#base/result.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";

import type {
  GroupName,
  GroupList,
  OverviewAsk,
  RecordingFault,
  RecordingOverview,
  Stretch,
} from "../recording/recording-source.ts";
import type { CutAsk } from "./clip-cutter.ts";
import type { ClipFiles } from "./clip-files.ts";
import type { FileNotes } from "./open-files.ts";

/** A question about the open file. */
export type ClipQuestion =
  | { readonly about: "overview"; readonly ask: OverviewAsk }
  | { readonly about: "groups"; readonly stretch: Stretch }
  | { readonly about: "text"; readonly group: GroupName };

/** What the page asks of the worker that reads files. */
export type ClipCommand =
  | { readonly kind: "open"; readonly file: number; readonly files: ClipFiles }
  | { readonly kind: "close"; readonly file: number }
  | { readonly kind: "cut"; readonly file: number; readonly id: number; readonly ask: CutAsk }
  | { readonly kind: "stop-cut"; readonly id: number }
  | {
      readonly kind: "question";
      readonly file: number;
      readonly id: number;
      readonly question: ClipQuestion;
    };

/** What an open file is. */
export interface ClipFacts {
  readonly header: ClipHeader;
  readonly range: Stretch;
  readonly oddities: readonly string[];
}

export type ClipReply =
  /** How much of the file has been read, in bytes. */
  | { readonly kind: "read"; readonly file: number; readonly bytes: number }
  /** It can be shown. */
  | { readonly kind: "opened"; readonly file: number; readonly facts: ClipFacts }
  /** It has been read to its end, and is what it says. */
  | { readonly kind: "checked"; readonly file: number; readonly notes: FileNotes }
  /** It cannot be shown, or not any more; why, in a sentence. It is closed. */
  | { readonly kind: "refused"; readonly file: number; readonly what: string }
  /** How much of a clip has been packed, in bytes. */
  | { readonly kind: "cut-came"; readonly id: number; readonly bytes: number }
  | { readonly kind: "cut-done"; readonly id: number; readonly clip: Result<Blob, string> }
  | { readonly kind: "answer"; readonly id: number; readonly answer: ClipAnswer };

export type ClipAnswer = Result<RecordingOverview | GroupList | string, RecordingFault>;
