import type { Dispose } from "#base/disposer.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";

import type { RecordingSource, Stretch } from "../recording/recording-source.ts";
import type { ClipCutter } from "./clip-cutter.ts";
import type { ClipFiles } from "./clip-files.ts";
import type { FileNotes } from "./open-files.ts";

/** Opens files that hold something recorded. */
export interface ClipService {
  /** Opens a file, or several that make one. Disposed of, it is closed, and the listener is not called any more. */
  open(files: ClipFiles, listener: (news: ClipNews) => void): Dispose;
}

/** A file that can be shown, without a server. */
export interface ShownFile {
  readonly name: string;
  readonly header: ClipHeader;
  readonly range: Stretch;
  readonly source: RecordingSource;
  /** Cuts clips from it. */
  readonly cutter: ClipCutter;
  /** What is odd about it, for people: that it was cut off, for example. */
  readonly oddities: readonly string[];
}

/** First `opened` or `refused`; an opened file may be refused yet, until it is `checked`. */
export type ClipNews =
  | { readonly kind: "read"; readonly bytes: number }
  | { readonly kind: "opened"; readonly file: ShownFile }
  | { readonly kind: "checked"; readonly notes: FileNotes }
  | { readonly kind: "refused"; readonly what: string };
