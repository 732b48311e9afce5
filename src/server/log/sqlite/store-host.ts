import type { Slices } from "#base/slices.ts";

import type { Overview } from "../recording.ts";
import type { FrameRow } from "./day-file.ts";
import { overviewSteps } from "./overview.ts";
import { RecordingStore } from "./recording-store.ts";
import type { FromStore, StoreAnswers, StoreRequest, ToStore } from "./store-message.ts";

type Post = (message: FromStore) => void;
/** Calls back when messages that have come meanwhile have been taken. */
export type TakeTurns = (goOn: () => void) => void;
type Request = Extract<ToStore, { kind: "request" }>;

/** So many groups of an overview are read before others have their turn: some 5 ms, and nobody waits longer for a frame to be stored or a group to be read. */
const stepsAtOnce = 24;

/**
 * Answers messages out of a store. Appends that have come together are stored together, so that a burst costs the disk one flush; if that fails, each is
 * tried alone, so that one bad frame harms no other.
 */
export class StoreHost {
  readonly #post: Post;
  readonly #takeTurns: TakeTurns;
  /** Overviews that are being made, by request; the first is worked on. */
  readonly #overviews = new Map<number, Slices<Overview>>();
  #store: RecordingStore | undefined;

  constructor(post: Post, takeTurns: TakeTurns = setImmediate) {
    this.#post = post;
    this.#takeTurns = takeTurns;
  }

  /** Takes all messages that have come, in order. */
  receive(messages: readonly ToStore[]): void {
    let appends: Request[] = [];
    for (const message of messages) {
      if (message.kind === "request" && message.request.ask === "append") {
        appends.push(message);
        continue;
      }
      this.#appendAll(appends);
      appends = [];
      if (message.kind === "open") this.#open(message);
      else this.#answer(message);
    }
    this.#appendAll(appends);
  }

  #open({ options }: Extract<ToStore, { kind: "open" }>): void {
    try {
      this.#store = new RecordingStore(options);
      this.#post({ kind: "opened", opened: { head: this.#store.head(), setAside: this.#store.setAside } });
    } catch (error: unknown) {
      this.#post({ kind: "not-opened", why: reason(error) });
    }
  }

  #appendAll(requests: readonly Request[]): void {
    const store = this.#store;
    if (store === undefined || requests.length === 0) return;
    const rows = requests.flatMap(({ request }) => (request.ask === "append" ? [request.row] : []));
    const known = rows.map(({ id }) => store.seqOf(id));
    if (requests.length > 1 && known.every((seq) => seq === undefined)) {
      try {
        store.append(rows);
        const head = store.head();
        requests.forEach(({ id }, i) => {
          this.#post({ kind: "answer", id, answer: { seq: rows[i]?.seq ?? 0, head } });
        });
        return;
      } catch {
        // One by one below.
      }
    }
    requests.forEach(({ id }, i) => {
      const row = rows[i];
      if (row !== undefined) this.#appendOne(store, id, row);
    });
  }

  #appendOne(store: RecordingStore, id: number, row: FrameRow): void {
    try {
      const known = store.seqOf(row.id);
      if (known === undefined) store.append([row]);
      this.#post({ kind: "answer", id, answer: { seq: known ?? row.seq, head: store.head() } });
    } catch (error: unknown) {
      this.#post({ kind: "failure", id, why: reason(error), head: store.head() });
    }
  }

  #answer({ id, request }: Request): void {
    const store = this.#store;
    if (store === undefined) return;
    if (request.ask === "overview") {
      this.#overviews.set(id, overviewSteps(store, request));
      if (this.#overviews.size === 1) this.#takeTurns(() => this.#goOn());
      return;
    }
    try {
      this.#post({ kind: "answer", id, answer: answerOf(store, request) });
    } catch (error: unknown) {
      this.#post({ kind: "failure", id, why: reason(error), head: store.head() });
    }
    if (request.ask !== "close") return;
    this.#store = undefined;
    for (const open of this.#overviews.keys()) {
      this.#post({ kind: "failure", id: open, why: "The recording has been closed.", head: store.head() });
    }
    this.#overviews.clear();
  }

  /** Works on the first overview for a while. */
  #goOn(): void {
    const [first] = this.#overviews;
    const store = this.#store;
    if (first === undefined || store === undefined) return;
    const [id, steps] = first;
    try {
      for (let step = 0; step < stepsAtOnce; step += 1) {
        const made = steps.next();
        if (made.done !== true) continue;
        this.#overviews.delete(id);
        this.#post({ kind: "answer", id, answer: made.value });
        break;
      }
    } catch (error: unknown) {
      this.#overviews.delete(id);
      this.#post({ kind: "failure", id, why: reason(error), head: store.head() });
    }
    if (this.#overviews.size > 0) this.#takeTurns(() => this.#goOn());
  }
}

function answerOf(store: RecordingStore, request: StoreRequest): StoreAnswers[keyof StoreAnswers] {
  switch (request.ask) {
    case "append":
    case "overview":
      return undefined;
    case "group-from":
      return store.groupFrom(request.seq);
    case "group-before":
      return store.groupBefore(request.at);
    case "group-at":
      return store.groupAt(request.first);
    case "groups":
      return store.groups().filter(({ start, end }) => end >= request.from && start <= request.to);
    case "bytes":
      return store.bytes();
    case "close":
      store.close();
      return undefined;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
