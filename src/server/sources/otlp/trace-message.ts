import type { Millis } from "#base/time.ts";

import type { IngestOptions, TraceAnswer, TraceBody, TraceReport } from "./trace-ingest.ts";

/** What the receiver asks of the thread that decodes and pairs. Every message but the first is answered, in order. */
export type ToTraces =
  | { readonly kind: "open"; readonly options: IngestOptions }
  | { readonly kind: "take"; readonly id: number; readonly body: TraceBody; readonly now: Millis }
  | { readonly kind: "report"; readonly id: number; readonly now: Millis };

export type FromTraces =
  | { readonly kind: "answer"; readonly id: number; readonly answer: TraceAnswer }
  | { readonly kind: "report"; readonly id: number; readonly report: TraceReport };
