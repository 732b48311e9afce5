import { createSimulationClient, type SimulationWorker } from "#players/simulation-client.ts";
import { createSimulationDesk, type SimulationEngine } from "#players/simulation-desk.ts";
import { buffersOf, type SimulationCommand, type SimulationReply } from "#players/simulation-message.ts";
import type { SimulationService } from "#players/simulation-service.ts";

import { ManualClock } from "./manual-clock.ts";
import { tinyEngine } from "./tiny-drill.ts";

export interface DirectSimulation {
  readonly service: SimulationService;
  /** What crossed to the worker, in order. */
  readonly commands: readonly SimulationCommand[];
  /** While held, the worker takes messages and does nothing. */
  hold(): void;
  /** Works off everything that waits. */
  release(): void;
}

/** A simulation that answers at once. Messages are copied and moved as they are between threads. */
export function directSimulation(engine: SimulationEngine = tinyEngine()): DirectSimulation {
  const commands: SimulationCommand[] = [];
  const turns: (() => void)[] = [];
  let hear: ((event: { readonly data: SimulationReply }) => void) | undefined;
  let isHeld = false;
  let isWorking = false;
  const desk = createSimulationDesk({
    engine,
    reply: (reply) => hear?.({ data: structuredClone(reply, { transfer: buffersOf(reply) }) }),
    soon: (callback) => turns.push(callback),
    secondsPerTurn: 4,
  });

  function work(): void {
    if (isHeld || isWorking) return;
    isWorking = true;
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
    isWorking = false;
  }

  const worker: SimulationWorker = {
    postMessage: (command, transfer) => {
      const copy = structuredClone(command, { transfer });
      commands.push(copy);
      desk.handle(copy);
      work();
    },
    addEventListener: (kind, listener) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind says which listener it is
      if (kind === "message") hear = listener as typeof hear;
    },
    terminate: () => {
      hear = undefined;
    },
  };
  return {
    service: createSimulationClient({ createWorker: () => worker, clock: new ManualClock(), engine }),
    commands,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      work();
    },
  };
}
