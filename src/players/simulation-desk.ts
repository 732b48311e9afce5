import type { Result } from "#base/result.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import type { DrillRequest, DrillSession } from "#simulation/session/drill-session.ts";

import type { DrillBasis } from "./drill-control.ts";
import { OutcomeJob } from "./outcome-job.ts";
import { RunJob } from "./run-job.ts";
import { FrameShelf, type SimulationCommand, type SimulationReply } from "./simulation-message.ts";
import type { RegionLoss } from "./simulation-service.ts";

/** The simulation itself, as the desk calls it. */
export interface SimulationEngine {
  startDrill(request: DrillRequest): Result<DrillSession, DrillFault>;
  makeForecast(basis: DrillBasis, plan: DrillPlan): Result<Forecast, DrillFault>;
  survival(basis: DrillBasis): Result<readonly RegionLoss[], DrillFault>;
}

/** Something that takes several turns. */
export interface SimulationJob {
  /** Works for about so many simulated seconds; true while there is more to do. */
  step(seconds: number): boolean;
}

/** Takes commands, works in small turns, and replies. */
export interface SimulationDesk {
  handle(command: SimulationCommand): void;
}

/** Where a desk works: in a worker, or in the page where there is none. */
export interface SimulationDeskSetting {
  readonly engine: SimulationEngine;
  readonly reply: (reply: SimulationReply) => void;
  /** Calls back soon, after whatever else has come in. */
  readonly soon: (callback: () => void) => void;
  /** Simulated seconds that are computed before others may have a word. */
  readonly secondsPerTurn: number;
}

/** A run that is watched comes before what is computed to the end. */
export function createSimulationDesk({
  engine,
  reply,
  soon,
  secondsPerTurn,
}: SimulationDeskSetting): SimulationDesk {
  const shelf = new FrameShelf();
  const runs = new Map<number, RunJob>();
  const outcomes = new Map<number, OutcomeJob>();
  const asked = new Map<number, () => void>();
  let isAwake = false;

  function wake(): void {
    if (isAwake) return;
    isAwake = true;
    soon(turn);
  }

  function turn(): void {
    isAwake = false;
    if (work()) wake();
  }

  /** One piece of work, the most urgent first; false when there is none. */
  function work(): boolean {
    for (const [id, answer] of asked) {
      asked.delete(id);
      guarded(id, answer);
      return true;
    }
    for (const [id, run] of runs) if (guarded(id, () => run.step(secondsPerTurn)) === true) return true;
    for (const [id, outcome] of outcomes) {
      if (guarded(id, () => outcome.step(secondsPerTurn)) !== true) outcomes.delete(id);
      else {
        // The next turn is another's.
        outcomes.delete(id);
        outcomes.set(id, outcome);
      }
      return true;
    }
    return false;
  }

  /** Whoever has asked hears of a bug in the simulation; the others go on. */
  function guarded<T>(id: number, action: () => T): T | undefined {
    try {
      return action();
    } catch (error: unknown) {
      cancel(id);
      reply({ kind: "broken", id, message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  function cancel(id: number): void {
    asked.delete(id);
    runs.delete(id);
    outcomes.delete(id);
  }

  /** Not at once: it may be taken back by a message that waits already. */
  function answerLater(id: number, answer: () => void): void {
    asked.set(id, answer);
    wake();
  }

  function handle(command: SimulationCommand): void {
    switch (command.kind) {
      case "frame":
        shelf.take(command.frame, command.topology);
        break;
      case "forget":
        shelf.forget(command.frames, command.topologies);
        break;
      case "forecast": {
        const { id, plan } = command;
        const basis = shelf.basis(command.basis);
        answerLater(id, () => reply({ kind: "forecast", id, forecast: engine.makeForecast(basis, plan) }));
        break;
      }
      case "survival": {
        const { id } = command;
        const basis = shelf.basis(command.basis);
        answerLater(id, () => reply({ kind: "survival", id, losses: engine.survival(basis) }));
        break;
      }
      case "outcome": {
        const { id, plan, commands } = command;
        const request = { ...shelf.basis(command.basis), plan, commands };
        answerLater(id, () => {
          const started = engine.startDrill(request);
          if (started.ok) outcomes.set(id, new OutcomeJob(id, started.value, reply));
          else reply({ kind: "outcome", id, progress: { kind: "fault", fault: started.error } });
        });
        break;
      }
      case "run": {
        const { id, plan, commands } = command;
        const request = { ...shelf.basis(command.basis), plan, commands };
        guarded(id, () => {
          const started = engine.startDrill(request);
          if (started.ok) runs.set(id, new RunJob(id, started.value, reply));
          else reply({ kind: "failed", id, fault: started.error });
        });
        break;
      }
      case "advance":
        runs.get(command.id)?.allow(command.toMs, command.framesFromMs);
        wake();
        break;
      case "fail-back":
        guarded(command.id, () => runs.get(command.id)?.failBack());
        break;
      case "cancel":
        cancel(command.id);
        break;
    }
  }

  return { handle };
}
