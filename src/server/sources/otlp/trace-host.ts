import { TraceIngest } from "./trace-ingest.ts";
import type { FromTraces, ToTraces } from "./trace-message.ts";

/** Answers messages out of an ingest. */
export class TraceHost {
  readonly #post: (message: FromTraces) => void;
  #ingest: TraceIngest | undefined;

  constructor(post: (message: FromTraces) => void) {
    this.#post = post;
  }

  receive(message: ToTraces): void {
    if (message.kind === "open") {
      this.#ingest = new TraceIngest(message.options);
      return;
    }
    const ingest = this.#ingest;
    if (ingest === undefined) return;
    const { id, now } = message;
    if (message.kind === "take") this.#post({ kind: "answer", id, answer: ingest.take(message.body, now) });
    else this.#post({ kind: "report", id, report: ingest.report(now) });
  }
}
