import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { dataTimeAt } from "#base/time-map.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { FakePlayer } from "#testing/fake-player.ts";
import { ManualClock, testStart } from "#testing/manual-clock.ts";

import { createDrillPlayer } from "./drill-player.ts";
import type { PlayerState } from "./player.ts";
import { simulationEngine } from "./simulation-engine.ts";

const reading = parseVizceral(readFileSync("mock-data/topologies/three-regions.json", "utf8"), {
  now: testStart,
});
if (!reading.ok) throw new Error(reading.error.message);
const frame = reading.value.snapshot;
const plan = { ...defaultPlan("us-east-1", 1), leadInS: 5 };

/** A drill of the demo's regions, by the simulation itself. */
function setUp() {
  const clock = new ManualClock();
  const inner = new FakePlayer();
  const player = createDrillPlayer(inner, { simulation: directSimulation(simulationEngine).service, clock });
  const states: PlayerState[] = [];
  player.start((state) => void states.push(state));
  inner.show(frame);
  function picture() {
    const { frames, timeMap, phase } = states.at(-1)!;
    const data = dataTimeAt(timeMap, clock.now());
    const drill = phase.kind === "simulated" ? phase.drill : undefined;
    return {
      frames: frames.filter(({ at }) => at <= data).map(({ at, values }) => ({ at, values })),
      elapsedMs: drill?.elapsedMs ?? NaN,
      commands: drill?.commands ?? [],
      events: drill?.events,
      loads: drill?.loads,
      result: drill?.result,
    };
  }
  const start = { basis: { frame, history: [] }, plan, commands: [], speed: 60 };
  return { clock, player, picture, start };
}

describe("a drill by the simulation itself", () => {
  it("is the same played, sought and repeated with what was done in it", async () => {
    const played = setUp();
    await played.player.drills.start(played.start);
    played.clock.advance(500);
    played.player.drills.failBack();
    played.clock.advance(500);
    played.player.drills.pause();
    const reference = played.picture();
    expect(reference).toMatchObject({ commands: [{ kind: "fail-back" }] });

    played.player.drills.seek(0);
    played.player.drills.seek(reference.elapsedMs);
    expect(played.picture()).toEqual(reference);

    const { commands, elapsedMs: atMs } = reference;
    const repeated = setUp();
    await repeated.player.drills.start({ ...repeated.start, commands, atMs, isPaused: true });
    expect(repeated.picture()).toEqual(reference);
  });
});
