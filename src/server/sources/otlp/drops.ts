import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";

import type { DropReason } from "./span-pairing.ts";

type Reason = DropReason | "ids" | "service";

interface Reasoned {
  /** What is said of so many spans. */
  readonly said: string;
  readonly done: string;
}

const reasons: Readonly<Record<Reason, Reasoned>> = {
  ids: { said: "without a valid trace id and span id", done: "left out" },
  service: { said: "of resources without service.name", done: "left out; set OTEL_SERVICE_NAME" },
  twice: { said: "that had come before", done: "counted once" },
  full: {
    said: "for which there was no room: too many wait for their other halves",
    done: "left out; raise maxPending of this source, or sample",
  },
  edges: {
    said: "over new edges: there are too many",
    done: "left out; service names should be few",
  },
};

/** Why spans were not counted, for whoever sends them and whoever looks. */
export class Drops {
  readonly #windowMs: number;
  readonly #recent = new Map<Reason, { spans: number; at: Millis }>();
  #inBody = new Map<Reason, number>();
  #total = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  get total(): number {
    return this.#total;
  }

  add(reason: Reason, spans: number, now: Millis): void {
    if (spans === 0) return;
    this.#total += spans;
    this.#inBody.set(reason, (this.#inBody.get(reason) ?? 0) + spans);
    const before = this.#recent.get(reason);
    this.#recent.set(reason, { spans: (before?.spans ?? 0) + spans, at: now });
  }

  /** What comes now is told by `sentence`. */
  begin(): void {
    this.#inBody = new Map();
  }

  /** Why some of a body's spans were rejected; empty where none were. */
  sentence(): string {
    const parts = [...this.#inBody].map(([reason, spans]) => `${spans} ${reasons[reason].said}`);
    return parts.length === 0 ? "" : `Spans that were not counted: ${parts.join("; ")}.`;
  }

  /** What went wrong lately: each reason is told until it has not occurred for a window. */
  problems(now: Millis): readonly Diagnostic[] {
    const told: Diagnostic[] = [];
    for (const [reason, { spans, at }] of this.#recent) {
      if (now - at > this.#windowMs) this.#recent.delete(reason);
      else {
        const { said, done } = reasons[reason];
        const found = `${spans.toLocaleString("en-US")} ${spans === 1 ? "span" : "spans"} ${said}`;
        told.push({ kind: "dropped", place: "spans", found, done });
      }
    }
    return told;
  }
}
