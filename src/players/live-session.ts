import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Codec } from "#protocol/codec.ts";
import { decodeDelta } from "#protocol/delta-message.ts";
import type { Malformed } from "#protocol/malformed.ts";
import {
  decodeDrillRefusal,
  decodeDrillState,
  decodeGap,
  decodeGoodbye,
  decodeHeartbeat,
  decodeHello,
  decodeRefusal,
  decodeReset,
  decodeSource,
  protocolOf,
  type DrillMessage,
  type DrillState,
  type Hello,
} from "#protocol/messages.ts";
import { decodeSnapshot } from "#protocol/snapshot-message.ts";
import { protocolVersion } from "#protocol/version.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

import type { FrameGap, RefusalCause, SourceInfo } from "./player.ts";
import type { SharedDrill } from "./shared-drill.ts";

/** What may be asked about the drill that all see; the feed is the one that is followed. */
export type DrillAsk = DrillMessage extends infer Message
  ? Message extends DrillMessage
    ? Omit<Message, "feed">
    : never
  : never;

/** What a session tells its player. */
export interface SessionEvents {
  readonly hello: (hello: Hello, feed: Hello["feeds"][number]) => void;
  readonly serverTime: (serverTime: number) => void;
  readonly source: (source: Pick<SourceInfo, "problems" | "sources">) => void;
  /** `isPrompt`: it came as soon as it was made. `isRecorded`: the server has kept it; undefined where it does not say. */
  readonly frame: (snapshot: TrafficSnapshot, isPrompt: boolean, isRecorded: boolean | undefined) => void;
  /** The server has another history than the one that was followed: what was built from it is stale. */
  readonly newHistory: () => void;
  readonly gap: (gap: FrameGap) => void;
  /** Which drill runs in the feed, for all who watch it; undefined: none. `ended` says why none does any more. */
  readonly sharedDrill: (drill: SharedDrill | undefined, ended: string | undefined) => void;
  /** The server will not do what was asked for a drill. */
  readonly drillRefused: (message: string) => void;
  readonly goodbye: (why: string, reconnectInMs: number) => void;
  readonly refused: (cause: RefusalCause, message: string) => void;
  /** The connection is of no more use: what came cannot be read. */
  readonly unreadable: (why: string) => void;
}

export interface SessionOptions {
  /** The feed to watch; the server's first when there is none. */
  readonly feed: string | undefined;
  readonly codec: Codec;
  readonly send: (event: "subscribe" | "ack" | "drill", body: object) => void;
  readonly events: SessionEvents;
}

/** A frame of a history. */
interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/**
 * Follows one feed over a wire that comes and goes: makes frames of what the server sends, asks again where something is missing, and tells of
 * every frame that this page will never see. Messages are worked off in the order of their arrival, although unpacking takes time.
 */
export class LiveSession {
  readonly #options: SessionOptions;
  #feed: string | undefined;
  /** The last frame that was shown. */
  #position: Position | undefined;
  /** What it held; undefined when that is in doubt, so that only a snapshot can go on from there. */
  #snapshot: TrafficSnapshot | undefined;
  /** The server has told that frames up to this one will not come. */
  #toldUpTo = 0;
  /** Asked to be sent what is missing; until it comes, deltas of later frames do not fit. */
  #isCatchingUp = false;
  #resetWhy: string | undefined;
  #inbox: { readonly event: string; readonly body: unknown }[] = [];
  #isUnpacking = false;
  /** Goes up with each connection: what an earlier one left behind is dropped. */
  #connection = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The connection is over, or another one begins: what was said on it and not yet read is dropped. */
  forgetConnection(): void {
    this.#connection += 1;
    this.#inbox = [];
    this.#isUnpacking = false;
    this.#isCatchingUp = false;
  }

  /** What was asked for does not come: the next frame that does not fit may ask again. */
  stopWaiting(): void {
    this.#isCatchingUp = false;
  }

  receive(event: string, body: unknown): void {
    this.#inbox.push({ event, body });
    if (!this.#isUnpacking) this.#work();
  }

  /** Everything up to a snapshot at once; that is unpacked, and then the rest. */
  #work(): void {
    for (let message = this.#inbox.shift(); message !== undefined; message = this.#inbox.shift()) {
      if (message.event === "snapshot") {
        this.#isUnpacking = true;
        void this.#takeSnapshot(message.body, this.#connection);
        return;
      }
      this.#take(message.event, message.body);
    }
  }

  #take(event: string, body: unknown): void {
    switch (event) {
      case "hello":
        this.#takeHello(body);
        break;
      case "delta":
        this.#takeDelta(body);
        break;
      case "gap":
        this.#read(decodeGap(body), ({ from, to, why }) => {
          this.#toldUpTo = to;
          this.#options.events.gap({ fromSeq: from, toSeq: to, why });
        });
        break;
      case "reset":
        this.#read(decodeReset(body), ({ why }) => {
          this.#resetWhy = why;
        });
        break;
      case "source":
        this.#read(decodeSource(body), ({ problems, sources }) =>
          this.#options.events.source({ problems, ...(sources === undefined ? {} : { sources }) }),
        );
        break;
      case "drill":
        this.#read(decodeDrillState(body), (state) => this.#takeDrill(state));
        break;
      case "drill-refusal":
        this.#read(decodeDrillRefusal(body), ({ message }) => this.#options.events.drillRefused(message));
        break;
      case "heartbeat":
        this.#read(decodeHeartbeat(body), ({ serverTime }) => this.#options.events.serverTime(serverTime));
        break;
      case "goodbye":
        this.#read(decodeGoodbye(body), ({ why, reconnectInMs }) => {
          this.#options.events.goodbye(why, reconnectInMs);
        });
        break;
      case "refusal":
        this.#read(decodeRefusal(body), ({ cause, message }) => {
          this.#options.events.refused(cause === "full" ? "feed" : cause, message);
        });
        break;
      // Whatever else a newer server of this protocol says is nothing that this page has to know.
      default:
    }
  }

  #takeHello(body: unknown): void {
    const { events, feed: wanted } = this.#options;
    const version = protocolOf(body);
    if (version !== undefined && version !== protocolVersion) {
      const isOlder = version > protocolVersion;
      events.refused(
        "version",
        isOlder
          ? "The server was updated; this page is older. Reload it."
          : "The server is older than this page. Reload it; if that does not help, the server needs an update.",
      );
      return;
    }
    this.#read(decodeHello(body), (hello) => {
      const feed = wanted === undefined ? hello.feeds[0] : hello.feeds.find((one) => one.feed === wanted);
      if (feed === undefined) {
        const others = hello.feeds.map((one) => one.feed).join(", ");
        events.refused("feed", `The server has no feed "${wanted ?? ""}". It has: ${others}.`);
        return;
      }
      this.#feed = feed.feed;
      events.serverTime(hello.serverTime);
      events.hello(hello, feed);
      this.#subscribe();
    });
  }

  #subscribe(): void {
    const point = this.#snapshot === undefined ? {} : this.#position;
    this.#options.send("subscribe", { feed: this.#feed, ...point });
  }

  /** Asks for something about the drill that all who watch the feed see. */
  askDrill(ask: DrillAsk): void {
    if (this.#feed !== undefined) this.#options.send("drill", { feed: this.#feed, ...ask });
  }

  #takeDrill({ feed, running, ended }: DrillState): void {
    if (feed !== this.#feed) return;
    const plan = running === null ? undefined : readPlan(running.plan);
    // A plan that this page cannot read is nothing that it could show; the frames still say that they are simulated.
    const drill = running === null || plan?.ok !== true ? undefined : { ...running, plan: plan.value };
    this.#options.events.sharedDrill(drill, ended);
  }

  #takeDelta(body: unknown): void {
    this.#read(decodeDelta(body), ({ seq, base, delta, isRecorded }) => {
      const [position, snapshot] = [this.#position, this.#snapshot];
      if (position === undefined || snapshot === undefined || seq <= position.seq) {
        // Sent twice, or before the snapshot: nothing to show, but the server may go on.
        this.#acknowledge(seq);
        return;
      }
      const applied = base === position.seq ? applyDelta(snapshot, delta) : undefined;
      if (applied?.ok === true) {
        this.#show({ epoch: position.epoch, seq }, applied.value, true, isRecorded);
        return;
      }
      // What does not fit although it should is not worth another try from the same frame.
      if (applied !== undefined) this.#snapshot = undefined;
      if (!this.#isCatchingUp) this.#subscribe();
      this.#isCatchingUp = true;
    });
  }

  async #takeSnapshot(body: unknown, connection: number): Promise<void> {
    const decoded = await decodeSnapshot(body, this.#options.codec);
    if (connection !== this.#connection) return;
    this.#isUnpacking = false;
    this.#read(decoded, ({ epoch, seq, snapshot }) => {
      const before = this.#position;
      const why = this.#resetWhy ?? "This page had to begin anew.";
      this.#resetWhy = undefined;
      const isSame = before?.epoch === epoch;
      if (isSame && seq <= before.seq && this.#snapshot !== undefined) {
        this.#acknowledge(seq);
        return;
      }
      if (before !== undefined && !isSame) this.#options.events.newHistory();
      if (isSame && seq > before.seq + 1 && this.#toldUpTo < seq - 1) {
        this.#options.events.gap({ fromSeq: before.seq + 1, toSeq: seq - 1, why });
      }
      this.#show({ epoch, seq }, snapshot, false, undefined);
    });
    this.#work();
  }

  #show(
    position: Position,
    snapshot: TrafficSnapshot,
    isPrompt: boolean,
    isRecorded: boolean | undefined,
  ): void {
    this.#position = position;
    this.#snapshot = snapshot;
    this.#isCatchingUp = false;
    this.#options.events.frame(snapshot, isPrompt, isRecorded);
    this.#acknowledge(position.seq);
  }

  #acknowledge(seq: number): void {
    this.#options.send("ack", { seq });
  }

  #read<T>(
    decoded: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Malformed },
    take: (value: T) => void,
  ): void {
    if (decoded.ok) {
      take(decoded.value);
      return;
    }
    this.#snapshot = undefined;
    const { message, what } = decoded.error;
    this.#options.events.unreadable(
      `The server sent something that this page cannot read (${message}: ${what}).`,
    );
  }
}
