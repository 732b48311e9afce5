import type { DrillSession } from "#simulation/session/drill-session.ts";

import { endOfRun } from "./run-times.ts";
import type { SimulationJob } from "./simulation-desk.ts";
import { copyRows, type SimulationReply } from "./simulation-message.ts";

/** How often it tells how far it is. */
const tellEvery = 0.05;

/** Plays a session to its end. */
export class OutcomeJob implements SimulationJob {
  readonly #id: number;
  readonly #session: DrillSession;
  readonly #reply: (reply: SimulationReply) => void;
  readonly #beganAt: number;
  #told = 0;

  constructor(id: number, session: DrillSession, reply: (reply: SimulationReply) => void) {
    this.#id = id;
    this.#session = session;
    this.#reply = reply;
    this.#beganAt = session.elapsedMs;
  }

  step(seconds: number): boolean {
    const session = this.#session;
    const endMs = endOfRun(session.phases, []);
    session.advanceTo(Math.min(endMs, session.elapsedMs + seconds * 1000));
    if (session.elapsedMs < endMs) {
      const share = (session.elapsedMs - this.#beganAt) / (endMs - this.#beganAt);
      if (share - this.#told >= tellEvery) {
        this.#told = share;
        this.#reply({ kind: "outcome", id: this.#id, progress: { kind: "computing", share } });
      }
      return true;
    }
    const { plan, forecast, phases, events, loads } = session;
    const outcome = {
      plan,
      forecast,
      result: session.result(),
      phases,
      events: [...events],
      loads: copyRows(loads),
      hash: session.hash(),
    };
    this.#reply({ kind: "outcome", id: this.#id, progress: { kind: "done", outcome } });
    return false;
  }
}
