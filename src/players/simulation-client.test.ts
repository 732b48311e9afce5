import { describe, expect, it } from "vitest";

import { defaultPlan } from "#simulation/plan/default-plan.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { tinyEngine } from "#testing/tiny-drill.ts";

import { turns } from "#testing/turns.ts";

import { createSimulationClient, type SimulationWorker } from "./simulation-client.ts";
import type { OutcomeProgress, RunStretch } from "./simulation-service.ts";

const frame = twoRegions(1000);
const basis = { frame, history: [] };
const plan = { ...defaultPlan("east", 1), leadInS: 5 };
const request = { ...basis, plan, commands: [] };
const nothing = (): void => undefined;

/** Listens to a run; the stretches that have come. */
function listening() {
  const stretches: RunStretch[] = [];
  const faults: string[] = [];
  const listener = {
    started: nothing,
    ran: (stretch: RunStretch) => stretches.push(stretch),
    failedBack: nothing,
    failed: ({ message }: { readonly message: string }) => faults.push(message),
  };
  const moments = () => stretches.flatMap(({ frames }) => frames.map(({ elapsedMs }) => elapsedMs));
  return { listener, stretches, faults, moments };
}

describe("a simulation in a worker", () => {
  it("is told each frame and each topology once, however many questions are asked", () => {
    const { service, commands } = directSimulation();
    const later = snapshotOf(frame.topology, () => 1, 2000);
    service.forecast(basis, plan, nothing);
    service.forecast(basis, { ...plan, ttlS: 5 }, nothing);
    service.survival({ frame: later, history: [frame] }, nothing);
    const told = commands.filter((command) => command.kind === "frame");
    expect(told.map(({ frame: { at }, topology }) => [at, topology !== undefined])).toEqual([
      [1000, true],
      [2000, false],
    ]);
  });

  it("forgets frames that were not asked about for long, and can be told them again", () => {
    const { service, commands } = directSimulation();
    const answers: boolean[] = [];
    for (let at = 0; at < 200; at += 1) {
      service.forecast({ frame: twoRegions(at), history: [] }, plan, ({ ok }) => answers.push(ok));
    }
    service.forecast(basis, plan, ({ ok }) => answers.push(ok));
    const forgotten = commands.flatMap((command) => (command.kind === "forget" ? command.frames : []));
    expect(forgotten.length).toBe(201 - 48);
    expect(answers).toEqual(Array.from({ length: 201 }, () => true));
  });

  it("does not lose the page's own numbers", () => {
    const { service } = directSimulation();
    const before = [...frame.values];
    service.run(request, listening().listener).advanceTo(20_000, -Infinity);
    expect([...frame.values]).toEqual(before);
  });

  it("runs as far as it is allowed, and sends only the frames that are wanted", () => {
    const { service } = directSimulation();
    const { listener, stretches, moments } = listening();
    const run = service.run(request, listener);
    run.advanceTo(-3000, -Infinity);
    expect(moments()).toEqual([-5000, -4000, -3000]);
    run.advanceTo(10_000, 9000);
    run.advanceTo(4000, 0);
    expect(moments().slice(3)).toEqual([9000, 10_000]);
    expect(stretches.reduce((rows, { loads }) => rows + loads.rows, 0)).toBe(15);
    expect(stretches.flatMap(({ events }) => events).map(({ kind }) => kind)).toEqual([
      "region.failed",
      "decide.started",
    ]);
  });

  it("says nothing more to whoever has turned away", () => {
    const simulation = directSimulation();
    const { listener, stretches } = listening();
    simulation.hold();
    const answers: unknown[] = [];
    const run = simulation.service.run(request, listener);
    run.advanceTo(1000, 0);
    const stop = simulation.service.outcome(request, (progress) => answers.push(progress));
    stop();
    run.dispose();
    simulation.release();
    expect([...answers, ...stretches]).toEqual([]);
  });

  it("lets a run that is watched go first, and computes the others by turns", () => {
    const simulation = directSimulation();
    const { service } = simulation;
    simulation.hold();
    const order: string[] = [];
    const tell = (name: string) => (progress: OutcomeProgress) => {
      if (progress.kind === "done") order.push(name);
    };
    service.outcome(request, tell("first"));
    service.outcome(request, tell("second"));
    const { listener } = listening();
    const run = service.run(request, { ...listener, ran: () => order.push("run") });
    run.advanceTo(3000, 0);
    simulation.release();
    expect(order).toEqual(["run", "run", "run", "first", "second"]);
  });

  it("tells how far a whole drill has come, and then what came of it", () => {
    const { service } = directSimulation();
    const shares: number[] = [];
    let last: OutcomeProgress | undefined;
    service.outcome(request, (progress) => {
      last = progress;
      if (progress.kind === "computing") shares.push(progress.share);
    });
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(last).toMatchObject({ kind: "done", outcome: { plan: { saviours: ["west"] } } });
  });

  it("that has a bug tells everybody who has asked, and goes on for the others", () => {
    const { service } = directSimulation(tinyEngine({ atMs: 5000 }));
    const { listener, faults } = listening();
    const answers: OutcomeProgress[] = [];
    service.run(request, listener).advanceTo(10_000, 0);
    service.outcome(request, (progress) => answers.push(progress));
    let isAnswered = false;
    service.forecast(basis, plan, ({ ok }) => {
      isAnswered = ok;
    });
    expect(faults[0]).toContain("out of steam");
    expect(answers.at(-1)).toMatchObject({ kind: "fault" });
    expect(isAnswered).toBe(true);
  });
});

describe("without a worker", () => {
  it("the page computes by itself", () => {
    const clock = new ManualClock();
    const service = createSimulationClient({
      createWorker: () => {
        throw new Error("not here");
      },
      clock,
      engine: tinyEngine(),
    });
    const { listener, moments } = listening();
    service.run(request, listener).advanceTo(0, 0);
    clock.advance(1);
    expect(moments()).toEqual([0]);
  });

  it("the page fetches what it computes with, and says so when it cannot", async () => {
    const clock = new ManualClock();
    const createWorker = () => {
      throw new Error("not here");
    };
    const fetched = createSimulationClient({ createWorker, clock, engine: async () => tinyEngine() });
    const { listener, moments } = listening();
    fetched.run(request, listener).advanceTo(0, 0);
    await turns();
    clock.advance(1);
    expect(moments()).toEqual([0]);

    const broken = createSimulationClient({
      createWorker,
      clock,
      engine: () => Promise.reject(new Error("offline")),
    });
    const faults: string[] = [];
    broken.forecast(basis, plan, (answer) => {
      if (!answer.ok) faults.push(answer.error.message);
    });
    await turns();
    expect(faults.join()).toContain("offline");
  });

  it("that cannot be loaded, what was asked of it is asked again here", () => {
    const clock = new ManualClock();
    let fail = nothing;
    const worker: SimulationWorker = {
      postMessage: nothing,
      terminate: nothing,
      addEventListener: (kind: "message" | "error", listener: (event: never) => void) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind says which listener it is
        if (kind === "error") fail = listener as () => void;
      },
    };
    const service = createSimulationClient({ createWorker: () => worker, clock, engine: tinyEngine() });
    const { listener, moments } = listening();
    const answers: boolean[] = [];
    service.run(request, listener).advanceTo(2000, 1000);
    service.forecast(basis, plan, ({ ok }) => answers.push(ok));
    fail();
    clock.advance(1);
    expect(moments()).toEqual([1000, 2000]);
    expect(answers).toEqual([true]);
  });
});
