import type { FrameRow } from "./day-file.ts";
import { overviewOf } from "./overview.ts";
import { RecordingStore } from "./recording-store.ts";
import type { FromStore, StoreAnswers, StoreRequest, ToStore } from "./store-message.ts";

type Post = (message: FromStore) => void;
type Request = Extract<ToStore, { kind: "request" }>;

/**
 * Answers messages out of a store. Appends that have come together are stored together, so that a burst costs the disk one flush; if that fails, each is
 * tried alone, so that one bad frame harms no other.
 */
export class StoreHost {
  readonly #post: Post;
  #store: RecordingStore | undefined;

  constructor(post: Post) {
    this.#post = post;
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
    try {
      this.#post({ kind: "answer", id, answer: answerOf(store, request) });
    } catch (error: unknown) {
      this.#post({ kind: "failure", id, why: reason(error), head: store.head() });
    }
    if (request.ask === "close") this.#store = undefined;
  }
}

function answerOf(store: RecordingStore, request: StoreRequest): StoreAnswers[keyof StoreAnswers] {
  switch (request.ask) {
    case "append":
      return undefined;
    case "group-from":
      return store.groupFrom(request.seq);
    case "group-before":
      return store.groupBefore(request.at);
    case "group-at":
      return store.groupAt(request.first);
    case "groups":
      return store.groups().filter(({ start, end }) => end >= request.from && start <= request.to);
    case "overview":
      return overviewOf(store, request);
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
