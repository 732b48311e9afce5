import { must } from "#base/assert.ts";
import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { CreateWire, WireEvents } from "#players/live-wire.ts";
import { encodeDelta } from "#protocol/delta-message.ts";
import type { Refusal } from "#protocol/messages.ts";
import { snapshotBody } from "#protocol/snapshot-message.ts";

/** Packs nothing: what is sent is what is read. */
export const plainCodec = { pack: async (text: string) => text, unpack: async (packed: string) => packed };

/** The server's end of a live player's wire, in the hands of a test. Frame n is `frames[n - 1]`. */
export class HandHeldWire {
  /** What the player sent, in short: "open", "close", "subscribe {...}", "ack 3". */
  readonly log: string[] = [];
  epoch = "e1";
  readonly #frames: readonly TrafficSnapshot[];
  #events: WireEvents | undefined;

  constructor(frames: readonly TrafficSnapshot[]) {
    this.#frames = frames;
  }

  readonly create: CreateWire = (events) => {
    this.#events = events;
    return {
      open: (token) => void this.log.push(token === undefined ? "open" : `open ${token}`),
      close: () => void this.log.push("close"),
      send: (event, body) => {
        const seq = "seq" in body ? String(body.seq) : "";
        this.log.push(event === "ack" ? `ack ${seq}` : `${event} ${JSON.stringify(body)}`);
      },
    };
  };

  say(event: string, body: unknown): void {
    // Everything crosses the real wire as JSON.
    must(this.#events).message(event, JSON.parse(JSON.stringify(body)));
  }

  hello(change: object = {}): void {
    const feeds = [
      { feed: "demo", title: "Demo", intervalMs: 1000, drills: true },
      { feed: "other", title: "Other", intervalMs: 5000, drills: false },
    ];
    this.say("hello", { protocol: 2, server: "0", serverTime: 0, role: "viewer", feeds, ...change });
  }

  source(problems: readonly object[] = []): void {
    this.say("source", { feed: "demo", problems });
  }

  snapshot(seq: number): void {
    this.say("snapshot", { epoch: this.epoch, seq, gzip: snapshotBody(must(this.#frames[seq - 1])) });
  }

  delta(base: number, seq: number, more: object = {}): void {
    const delta = diffSnapshots(must(this.#frames[base - 1]), must(this.#frames[seq - 1]));
    this.say("delta", { ...encodeDelta(delta, seq, base), ...more });
  }

  lose(why = "The connection to the server was lost."): void {
    must(this.#events).closed(why);
  }

  refuse(refusal: Refusal): void {
    must(this.#events).refused(refusal);
  }

  /** What was sent since the last call. */
  take(): readonly string[] {
    return this.log.splice(0);
  }
}
