import type { Millis } from "#base/time.ts";
import type { Notice } from "#domain/notice.ts";
import type { DrillSession } from "#simulation/session/drill-session.ts";

import { rowsOf } from "./load-log.ts";
import { nextFrameMs } from "./run-times.ts";
import type { SimulationJob } from "./simulation-desk.ts";
import { copyRows, topologyParts, type PackedRunFrame, type SimulationReply } from "./simulation-message.ts";

/** Plays a session as far as it is allowed, and tells what has come: frames on whole seconds, events, loads. */
export class RunJob implements SimulationJob {
  readonly #id: number;
  readonly #session: DrillSession;
  readonly #reply: (reply: SimulationReply) => void;
  /** When the next frame is due. */
  #next: Millis;
  #allowed: Millis = -Infinity;
  #framesFrom: Millis = -Infinity;
  #events = 0;
  #rows = 0;
  #notices: readonly Notice[] | undefined;

  constructor(id: number, session: DrillSession, reply: (reply: SimulationReply) => void) {
    this.#id = id;
    this.#session = session;
    this.#reply = reply;
    this.#next = session.elapsedMs;
    const { plan, shares, forecast, loads } = session;
    const topology = topologyParts(session.snapshot().topology);
    const opening = { plan, shares, forecast, regions: loads.regions, startMs: session.elapsedMs, topology };
    reply({ kind: "started", id, opening });
  }

  allow(toMs: Millis, framesFromMs: Millis): void {
    this.#allowed = Math.max(this.#allowed, toMs);
    this.#framesFrom = framesFromMs;
  }

  failBack(): void {
    const atMs = this.#session.elapsedMs;
    this.#session.failBack();
    this.#reply({ kind: "failed-back", id: this.#id, atMs });
  }

  step(seconds: number): boolean {
    if (this.#next > this.#allowed) return false;
    const session = this.#session;
    const frames: PackedRunFrame[] = [];
    for (let i = 0; i < seconds && this.#next <= this.#allowed; i += 1) {
      session.advanceTo(this.#next);
      if (this.#next >= this.#framesFrom) frames.push(this.#frame());
      this.#next = nextFrameMs(this.#next);
    }
    const { elapsedMs, loads } = session;
    const stretch = {
      elapsedMs,
      frames,
      events: session.events.slice(this.#events),
      loads: copyRows(rowsOf(loads, this.#rows, loads.rows)),
    };
    this.#events = session.events.length;
    this.#rows = loads.rows;
    this.#reply({ kind: "ran", id: this.#id, stretch });
    return true;
  }

  #frame(): PackedRunFrame {
    const session = this.#session;
    const { at, windowMs, values, notices, simulated } = session.snapshot();
    const isKnown = notices === this.#notices;
    this.#notices = notices;
    return {
      at,
      windowMs,
      // The session may keep its own, and these are moved away.
      values: new Float64Array(values),
      ...(isKnown ? {} : { notices }),
      ...(simulated === undefined ? {} : { simulated }),
      elapsedMs: session.elapsedMs,
      stage: session.stage,
      phases: session.phases,
      result: session.result(),
    };
  }
}
