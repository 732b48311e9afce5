import type { Dispose } from "#base/disposer.ts";
import { err } from "#base/result.ts";
import type { Clock } from "#base/time.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import type { Notice } from "#domain/notice.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";

import type { DrillBasis } from "./drill-control.ts";
import { FrameTeller } from "./frame-teller.ts";
import { createSimulationDesk, type SimulationDesk, type SimulationEngine } from "./simulation-desk.ts";
import {
  buffersOf,
  runTopology,
  type BasisIds,
  type PackedStretch,
  type SimulationCommand,
  type SimulationReply,
} from "./simulation-message.ts";
import type { RunListener, RunStretch, SimulationService } from "./simulation-service.ts";

/** As much of a Worker as the client uses. */
export interface SimulationWorker {
  postMessage(command: SimulationCommand, transfer: Transferable[]): void;
  addEventListener(kind: "message", listener: (event: { readonly data: SimulationReply }) => void): void;
  addEventListener(kind: "error", listener: () => void): void;
  terminate(): void;
}

export interface SimulationClientOptions {
  readonly createWorker: () => SimulationWorker;
  readonly clock: Clock;
  /** For the page itself, where there can be no worker; or a way to fetch it then. */
  readonly engine: SimulationEngine | (() => Promise<SimulationEngine>);
}

/** A question that has not been answered for good. */
interface OpenQuestion {
  readonly basis: DrillBasis;
  /** What to send, once the frames have been told. */
  readonly ask: (basis: BasisIds) => SimulationCommand;
  readonly hear: (reply: SimulationReply) => void;
  /** How far a run was allowed to go. */
  allowance?: SimulationCommand;
}

/**
 * Computes in a worker, which is created at the first question. Where there can be no worker, or it cannot be loaded, the page computes by itself, a
 * simulated second at a time. Frames cross once, however many questions are asked of them.
 */
export function createSimulationClient({
  createWorker,
  clock,
  engine,
}: SimulationClientOptions): SimulationService & { readonly dispose: Dispose } {
  const open = new Map<number, OpenQuestion>();
  let frames = new FrameTeller();
  let lastId = 0;
  let worker: SimulationWorker | undefined;
  let ownDesk: SimulationDesk | undefined;

  function receive(reply: SimulationReply): void {
    open.get(reply.id)?.hear(reply);
  }

  function workHere(): SimulationDesk {
    worker?.terminate();
    worker = undefined;
    ownDesk ??= typeof engine === "function" ? fetchedDesk(engine) : desk(engine);
    return ownDesk;
  }

  function desk(present: SimulationEngine): SimulationDesk {
    return createSimulationDesk({
      engine: present,
      reply: receive,
      soon: (callback) => void clock.after(0, callback),
      secondsPerTurn: 1,
    });
  }

  /** What is asked before the engine is here waits for it. */
  function fetchedDesk(fetchEngine: () => Promise<SimulationEngine>): SimulationDesk {
    const waiting = fetchEngine().then(desk);
    return {
      handle: (command) => {
        waiting.then(
          (present) => present.handle(command),
          (error: unknown) => {
            if ("id" in command) receive({ kind: "broken", id: command.id, message: String(error) });
          },
        );
      },
    };
  }

  function hire(): SimulationWorker | undefined {
    if (worker !== undefined || ownDesk !== undefined) return worker;
    try {
      worker = createWorker();
    } catch {
      // No worker here (an old browser, a strict embedder): the page can do without.
      return undefined;
    }
    worker.addEventListener("message", (event) => receive(event.data));
    worker.addEventListener("error", () => {
      workHere();
      frames = new FrameTeller();
      for (const asked of open.values()) pose(asked);
    });
    return worker;
  }

  function send(command: SimulationCommand): void {
    const hired = hire();
    if (hired === undefined) workHere().handle(command);
    else hired.postMessage(command, buffersOf(command));
  }

  function pose({ basis, ask, allowance }: OpenQuestion): void {
    const { commands, ids } = frames.tell(basis);
    for (const command of commands) send(command);
    send(ask(ids));
    if (allowance !== undefined) send(allowance);
  }

  /** `hear` answers whether that was the last word. */
  function question(
    basis: DrillBasis,
    ask: (id: number, basis: BasisIds) => SimulationCommand,
    hear: (reply: SimulationReply) => boolean,
  ): number {
    lastId += 1;
    const id = lastId;
    const asked: OpenQuestion = {
      basis,
      ask: (ids) => ask(id, ids),
      hear: (reply) => {
        if (hear(reply)) open.delete(id);
      },
    };
    open.set(id, asked);
    pose(asked);
    return id;
  }

  function cancel(id: number): void {
    if (!open.delete(id)) return;
    send({ kind: "cancel", id });
  }

  return {
    forecast: (basis, plan, listener) => {
      const id = question(
        basis,
        (own, ids) => ({ kind: "forecast", id: own, basis: ids, plan }),
        (reply) => {
          if (reply.kind === "forecast") listener(reply.forecast);
          else if (reply.kind === "broken") listener(err(brokenFault(reply.message)));
          return true;
        },
      );
      return () => cancel(id);
    },
    survival: (basis, listener) => {
      const id = question(
        basis,
        (own, ids) => ({ kind: "survival", id: own, basis: ids }),
        (reply) => {
          if (reply.kind === "survival") listener(reply.losses);
          else if (reply.kind === "broken") listener(err(brokenFault(reply.message)));
          return true;
        },
      );
      return () => cancel(id);
    },
    outcome: ({ plan, commands, ...basis }, listener) => {
      const id = question(
        basis,
        (own, ids) => ({ kind: "outcome", id: own, basis: ids, plan, commands }),
        (reply) => {
          if (reply.kind === "broken") listener({ kind: "fault", fault: brokenFault(reply.message) });
          else if (reply.kind === "outcome") listener(reply.progress);
          return reply.kind !== "outcome" || reply.progress.kind !== "computing";
        },
      );
      return () => cancel(id);
    },
    run: ({ plan, commands, ...basis }, listener) => {
      const hear = runHearing(basis, listener);
      const id = question(basis, (own, ids) => ({ kind: "run", id: own, basis: ids, plan, commands }), hear);
      return {
        advanceTo: (toMs, framesFromMs) => {
          const asked = open.get(id);
          if (asked === undefined) return;
          asked.allowance = { kind: "advance", id, toMs, framesFromMs };
          send(asked.allowance);
        },
        failBack: () => {
          if (open.has(id)) send({ kind: "fail-back", id });
        },
        dispose: () => cancel(id),
      };
    },
    dispose: () => {
      open.clear();
      worker?.terminate();
      worker = undefined;
    },
  };
}

/** Makes snapshots of what the worker says of a run. */
function runHearing(basis: DrillBasis, listener: RunListener): (reply: SimulationReply) => boolean {
  let topology: Topology = basis.frame.topology;
  let notices: readonly Notice[] = [];

  function unpack({ frames, ...rest }: PackedStretch): RunStretch {
    return {
      ...rest,
      frames: frames.map(({ at, windowMs, values, simulated, notices: news, ...others }) => {
        notices = news ?? notices;
        const mark = simulated === undefined ? {} : { simulated };
        const snapshot = createSnapshot({ at, windowMs, topology, notices, values, ...mark });
        return { snapshot, ...others };
      }),
    };
  }

  return (reply) => {
    switch (reply.kind) {
      case "started": {
        const { topology: parts, ...opening } = reply.opening;
        topology = runTopology(parts, basis.frame.topology);
        listener.started(opening);
        return false;
      }
      case "ran":
        listener.ran(unpack(reply.stretch));
        return false;
      case "failed-back":
        listener.failedBack(reply.atMs);
        return false;
      case "failed":
        listener.failed(reply.fault);
        return true;
      case "broken":
        listener.failed(brokenFault(reply.message));
        return true;
      case "forecast":
      case "survival":
      case "outcome":
        return false;
    }
  };
}

function brokenFault(message: string): DrillFault {
  return {
    kind: "bad-plan",
    message: `The simulation broke off (${message}). This is a bug in Spillway; another plan may work.`,
  };
}
