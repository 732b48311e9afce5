import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";

/** What of a feed's past, or of a file, is wanted as a file. */
export interface CutAsk {
  readonly feed: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly names: ClipHeader["names"];
  /** Goes with it as a bookmark of the stretch, unless empty. */
  readonly note: string;
}

/** Cuts clips. */
export interface ClipCutter {
  /** `came` is told how many bytes have come. The error is a sentence; where `signal` ends it, it does not matter. */
  cut(ask: CutAsk, came: (bytes: number) => void, signal: AbortSignal): Promise<Result<Blob, string>>;
  /** From now on this token goes with every question. */
  authorize?(token: string): void;
}
