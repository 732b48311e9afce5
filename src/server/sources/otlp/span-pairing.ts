import type { Millis } from "#base/time.ts";
import type { StatusRules } from "#domain/observed/classify.ts";
import type { ObservedService } from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";
import type { OtlpSpan } from "#formats/otlp/trace-request.ts";

import type { EdgeEvent } from "./edge-windows.ts";
import { Halves, type Half } from "./half.ts";
import { LateKeys } from "./late-keys.ts";
import { noSpans, type SpanCounts } from "./span-counts.ts";
import { beside, classOf, peerOf, protocolOf, queueOf, roleOf } from "./span-reading.ts";

export interface PairingOptions {
  /** How long a half waits for the other. */
  readonly waitMs: number;
  /** Halves that are kept at once. Beyond it, what comes is dropped. */
  readonly mostWaiting: number;
  readonly statuses: StatusRules;
  /** Takes what passed over an edge; false when there is no room for the edge. */
  readonly count: (event: EdgeEvent, now: Millis) => boolean;
  readonly dropped: (why: DropReason, spans: number, now: Millis) => void;
}

/** twice: it had come before. full: too many wait already. edges: there are too many edges. */
export type DropReason = "twice" | "full" | "edges";

/** What ended this long before it came tells nothing of now: a collector that was cut off sends everything at once afterwards. */
const oldestMs = 120_000;

/**
 * Puts the two halves of requests together, as the collector's and Tempo's service graphs do: callers (client, producer) by trace and span, the called (server,
 * consumer) by trace and parent, or by what they link to. In which order they come does not matter, as long as both come within the wait.
 */
export class SpanPairing {
  readonly counts: SpanCounts = noSpans();
  readonly #options: PairingOptions;
  readonly #callers = new Halves();
  readonly #called = new Halves();
  /** Callers that were settled without the called, and the other way round. */
  readonly #lonelyCallers: LateKeys;
  readonly #lonelyCalled: LateKeys;

  constructor(options: PairingOptions) {
    this.#options = options;
    this.#lonelyCallers = new LateKeys(options.waitMs, options.mostWaiting);
    this.#lonelyCalled = new LateKeys(options.waitMs, options.mostWaiting);
  }

  get isFull(): boolean {
    return this.#callers.size + this.#called.size >= this.#options.mostWaiting;
  }

  /** Takes a span of a service. `weight`: how many requests it stands for. */
  take(span: OtlpSpan, service: ObservedService, weight: number, now: Millis): void {
    const { counts } = this;
    counts.received += 1;
    const role = roleOf(span);
    if (role === "internal") counts.internal += 1;
    else if (now - span.endMs > oldestMs) counts.late += 1;
    else {
      const isMessaging = role === "producer" || role === "consumer";
      const half = this.#half(span, service, weight, isMessaging, now);
      if (role === "client" || role === "producer") this.#takeCaller(half, now);
      else this.#takeCalled(half, span, now);
    }
  }

  /** Settles what has waited long enough. */
  expire(now: Millis): void {
    for (let half = this.#callers.takeExpired(now); half; half = this.#callers.takeExpired(now)) {
      if (!half.isSent) this.#settleCaller(half, now);
    }
    for (let half = this.#called.takeExpired(now); half; half = this.#called.takeExpired(now)) {
      this.#settleCalled(half, now);
    }
    this.#lonelyCallers.expire(now);
    this.#lonelyCalled.expire(now);
  }

  #half(span: OtlpSpan, service: ObservedService, weight: number, isMessaging: boolean, now: Millis): Half {
    const { attributes, kind, traceId, spanId, parentId } = span;
    const isCaller = kind === "client" || kind === "producer";
    const link = kind === "consumer" ? span.links[0] : undefined;
    const calledBy = link === undefined ? traceId + parentId : link.traceId + link.spanId;
    return {
      key: isCaller ? traceId + spanId : calledBy,
      spanId,
      service,
      outcome: classOf(span, this.#options.statuses),
      durationMs: span.durationMs,
      weight,
      protocol: isMessaging ? "messaging" : protocolOf(attributes),
      peer: isCaller && !isMessaging ? peerOf(attributes) : undefined,
      queue: isMessaging ? queueOf(attributes) : undefined,
      isMessaging,
      expiresAt: now + this.#options.waitMs,
      isSent: false,
      next: undefined,
    };
  }

  #takeCaller(half: Half, now: Millis): void {
    const { key, service, peer } = half;
    if (peer?.type === "storage") {
      this.#tally("virtual", 1, this.#pass(half, service, beside(service, peer.name, peer.type), now), now);
      return;
    }
    if (this.#callers.get(key) !== undefined) {
      this.#drop("twice", 1, now);
      return;
    }
    let called = this.#called.take(key);
    if (called === undefined) {
      if (this.#lonelyCalled.has(key)) this.counts.late += 1;
      else this.#wait(this.#callers, half, now);
      return;
    }
    for (; called !== undefined; called = half.isMessaging ? this.#called.take(key) : undefined) {
      this.counts.waiting -= 1;
      this.#pair(half, called, now);
    }
    // There is room: those that it was paired with have gone.
    if (half.isMessaging) this.#callers.add(half);
  }

  #takeCalled(half: Half, span: OtlpSpan, now: Millis): void {
    const { key, service, queue } = half;
    if (key === span.traceId) {
      this.#settleRoot(half, now);
      return;
    }
    const caller = this.#callers.get(key);
    if (caller !== undefined) {
      if (!caller.isSent) this.counts.waiting -= 1;
      // A request reaches one server; a message may reach many.
      if (!caller.isMessaging) this.#callers.take(key);
      this.#pair(caller, half, now);
    } else if (this.#lonelyCallers.has(key)) {
      // A message may lie in its queue for long.
      if (queue === undefined) this.counts.late += 1;
      else this.#tally("virtual", 1, this.#receive(half, service, queue, now), now);
    } else if (this.#isThere(half)) this.#drop("twice", 1, now);
    else this.#wait(this.#called, half, now);
  }

  #isThere({ key, spanId }: Half): boolean {
    for (let other = this.#called.get(key); other !== undefined; other = other.next) {
      if (other.spanId === spanId) return true;
    }
    return false;
  }

  #wait(where: Halves, half: Half, now: Millis): void {
    if (!this.isFull && where.add(half)) this.counts.waiting += 1;
    else this.#drop("full", 1, now);
  }

  #pair(caller: Half, called: Half, now: Millis): void {
    const isFirst = !caller.isSent;
    caller.isSent = true;
    const queue = caller.queue ?? called.queue;
    if ((caller.isMessaging || called.isMessaging) && queue !== undefined) {
      if (isFirst) this.#tally("paired", 1, this.#send(caller, queue, now), now);
      this.#tally("paired", 1, this.#receive(called, caller.service, queue, now), now);
      return;
    }
    const event = {
      from: caller.service,
      to: called.service,
      outcome: worse(caller.outcome, called.outcome),
      durationMs: Number.isNaN(called.durationMs) ? caller.durationMs : called.durationMs,
      weight: Math.max(caller.weight, called.weight),
      protocol: called.protocol ?? caller.protocol,
    };
    this.#tally("paired", isFirst ? 2 : 1, this.#options.count(event, now), now);
  }

  /** Nobody called it that traces know of: users did. */
  #settleRoot(half: Half, now: Millis): void {
    const { queue, service, isMessaging, outcome, durationMs, weight, protocol } = half;
    if (queue !== undefined) this.#tally("virtual", 1, this.#receive(half, service, queue, now), now);
    else if (isMessaging) this.counts.unpaired += 1;
    else {
      const from = { kind: "outside" as const };
      const event = { from, to: service, outcome, durationMs, weight, protocol };
      this.#tally("virtual", 1, this.#options.count(event, now), now);
    }
  }

  #settleCaller(half: Half, now: Millis): void {
    const { service, peer, queue, key } = half;
    this.counts.waiting -= 1;
    this.#lonelyCallers.add(key, now);
    if (queue !== undefined) this.#tally("virtual", 1, this.#send(half, queue, now), now);
    else if (peer === undefined) this.counts.unpaired += 1;
    else
      this.#tally("virtual", 1, this.#pass(half, service, beside(service, peer.name, peer.type), now), now);
  }

  #settleCalled(half: Half, now: Millis): void {
    const { service, queue, key } = half;
    this.counts.waiting -= 1;
    this.#lonelyCalled.add(key, now);
    if (queue === undefined) this.counts.unpaired += 1;
    else this.#tally("virtual", 1, this.#receive(half, service, queue, now), now);
  }

  #send(half: Half, queue: string, now: Millis): boolean {
    return this.#pass(half, half.service, beside(half.service, queue, "queue"), now);
  }

  /** `where`: the service that the queue stands beside. */
  #receive(half: Half, where: ObservedService, queue: string, now: Millis): boolean {
    return this.#pass(half, beside(where, queue, "queue"), half.service, now);
  }

  #pass(half: Half, from: ObservedService, to: ObservedService, now: Millis): boolean {
    const { outcome, durationMs, weight, protocol } = half;
    return this.#options.count({ from, to, outcome, durationMs, weight, protocol }, now);
  }

  #tally(as: "paired" | "virtual", spans: number, isTaken: boolean, now: Millis): void {
    if (isTaken) this.counts[as] += spans;
    else this.#drop("edges", spans, now);
  }

  #drop(why: DropReason, spans: number, now: Millis): void {
    this.counts.dropped += spans;
    this.#options.dropped(why, spans, now);
  }
}

function worse(a: ClassSeverity, b: ClassSeverity): ClassSeverity {
  if (a === "danger" || b === "danger") return "danger";
  return a === "warning" || b === "warning" ? "warning" : "normal";
}
