import type { Dispose } from "#base/disposer.ts";
import type { Random } from "#base/random.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { SourceReport } from "#domain/observed/merge-reports.ts";

import { pause } from "../../feed/run-source.ts";
import type { SourcePart, SourceStatus } from "../parts/source-part.ts";

/** A part that is down is asked again after a second, then ever more rarely, at most this rarely. */
const longestPauseMs = 30_000;

/** One part of a feed while it runs: what it said last, whether it is stale, why it failed. */
export class RunningPart {
  readonly name: string;
  readonly #part: SourcePart;
  readonly #clock: Clock;
  readonly #random: Random;
  #report: SourceReport | undefined;
  #isStale = false;
  #failure: string | undefined;
  #cancelStale: Dispose = () => {};

  constructor(part: SourcePart, clock: Clock, random: Random) {
    this.name = part.name;
    this.#part = part;
    this.#clock = clock;
    this.#random = random;
  }

  get report(): SourceReport | undefined {
    return this.#report;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  /** It has failed, or nothing has come for too long. */
  get isSilent(): boolean {
    return this.#isStale || this.#failure !== undefined;
  }

  /** Runs the part until the signal aborts, again whenever it throws. `changed`: it has something to show. Never rejects. */
  async run(changed: () => void, signal: AbortSignal): Promise<void> {
    let failures = 0;
    const report = (said: SourceReport): void => {
      if (signal.aborted) return;
      failures = 0;
      this.#failure = undefined;
      this.#report = said;
      this.#isStale = false;
      this.#cancelStale();
      this.#cancelStale = this.#clock.after(this.#part.staleAfterMs, () => {
        this.#isStale = true;
        changed();
      });
      changed();
    };
    while (!signal.aborted) {
      try {
        await this.#part.run(report, signal);
        break;
      } catch (error: unknown) {
        if (signal.aborted) break;
        const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** failures) * (0.75 + this.#random() / 2);
        failures += 1;
        this.#failure = error instanceof Error ? error.message : String(error);
        changed();
        await pause(this.#clock, pauseMs, signal);
      }
    }
    this.#cancelStale();
  }

  problems(): readonly Diagnostic[] {
    if (this.#failure !== undefined) {
      const done =
        this.#report === undefined
          ? "it is tried again; until then its part of the picture is missing"
          : "it is tried again; until then its part of the picture is as old as it says";
      return [{ kind: "dropped", place: this.name, found: this.#failure, done }];
    }
    if (!this.#isStale) return [];
    return [
      {
        kind: "note",
        place: this.name,
        found: `nothing has come for ${Math.round(this.#part.staleAfterMs / 1000)} s`,
        done: "its part of the picture is marked as old",
      },
    ];
  }

  status(): SourceStatus {
    const { name, kind } = this.#part;
    const report = this.#report;
    return {
      name,
      kind,
      state:
        this.#failure === undefined
          ? report === undefined
            ? "waiting"
            : this.#isStale
              ? "stale"
              : "ok"
          : "failed",
      at: report === undefined ? undefined : momentOf(report),
      windowMs: report === undefined ? undefined : windowOf(report),
      sampling: this.#part.sampling?.(),
      error: this.#failure,
      edges: report === undefined ? 0 : edgesOf(report),
      problems: report === undefined ? 0 : problemsOf(report),
      counts: this.#part.counts?.() ?? {},
    };
  }
}

function momentOf(report: SourceReport): Millis {
  return report.kind === "snapshot" ? report.snapshot.at : report.observation.at;
}

function windowOf(report: SourceReport): number {
  return report.kind === "snapshot" ? report.snapshot.windowMs : report.observation.windowMs;
}

function edgesOf(report: SourceReport): number {
  return report.kind === "snapshot" ? report.snapshot.topology.edges.length : report.observation.edges.length;
}

function problemsOf(report: SourceReport): number {
  return report.kind === "snapshot" ? report.problems.length : report.observation.problems.length;
}
