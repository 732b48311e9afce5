import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitraryRegions } from "#testing/arbitrary-regions.ts";
import { calmDown, isSteady, trouble, worldOf } from "#testing/run-world.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes, rowTotal } from "#domain/volume.ts";

import { defaultClients, type ClientBehaviour } from "../plan/drill-plan.ts";
import { EventLog } from "./event-log.ts";
import { FrameWriter } from "./frame-writer.ts";
import { LoadWatch } from "./load-watch.ts";
import type { World } from "./world.ts";

/** Small ones most of the time, now and then one of 80 services. */
const frames = fc
  .oneof({ weight: 19, arbitrary: sized(5, 12) }, { weight: 1, arbitrary: sized(60, 80) })
  .filter(isSteady);

function sized(min: number, max: number): fc.Arbitrary<TrafficSnapshot> {
  return arbitraryRegions({ regions: { min: 3, max: 5 }, services: { min, max } });
}

const clients: fc.Arbitrary<ClientBehaviour> = fc.record({
  timeoutS: fc.constantFrom(0.5, 1, 2),
  retries: fc.integer({ min: 0, max: 3 }),
  retryBudget: fc.constantFrom(undefined, 0, 0.1, 1),
  queueS: fc.constantFrom(0, 0.5, 2),
});

const troubles = fc.record({ frame: frames, clients, seed: fc.integer() });
const cases = { numRuns: 200 };
/** Laws take seconds where the machine is busy with other things. */
const patience = 60_000;

/** Runs some seconds, with other trouble in each, and looks at the world after each step. */
function suffer(world: World, seed: number, look: () => void, seconds = 5): void {
  const next = trouble(world, seed);
  for (let second = 0; second < seconds; second += 1) {
    next();
    for (let step = 0; step < 10; step += 1) {
      world.step();
      look();
    }
  }
}

function sumOf(column: Float64Array, from = 0, to = column.length): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += column[i]!;
  return sum;
}

/** Whether some call to the station comes from one that is stepped after it, or from itself. */
function closesCycle({ graph }: World, station: number): boolean {
  const calls = graph.callFlow.subarray(graph.callStart[station], graph.callStart[station + 1]);
  return calls.some((flow) => flow >= station && flow < graph.stations);
}

describe("laws of the world in any trouble", () => {
  it(
    "P1: what regions have to serve adds up to what users ask for, in every step",
    () => {
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          let worst = 0;
          suffer(world, seed, () => {
            const demand = sumOf(world.routing.demand);
            const gap = Math.abs(sumOf(world.routing.load) - demand) / demand;
            const arriving = Math.abs(sumOf(world.routing.arriving) - demand) / demand;
            worst = Math.max(worst, gap, arriving);
          });
          expect(worst).toBeLessThanOrEqual(1e-9);
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P2: at every station, offered = good + failed + shed + in flight",
    () => {
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          const { stations, graph } = world;
          const offered = new Float64Array(graph.stations);
          const ended = new Float64Array(graph.stations);
          suffer(world, seed, () => {
            for (let s = 0; s < graph.stations; s += 1) {
              offered[s]! += world.fresh[s]! / 10;
              ended[s]! += stations.good[s]! + stations.failed[s]! + stations.shed[s]!;
            }
          });
          const worst = offered.reduce((most, mass, s) => {
            const gap = Math.abs(mass - ended[s]! - stations.inFlight(s));
            return Math.max(most, gap / Math.max(1, mass));
          }, 0);
          expect(worst).toBeLessThanOrEqual(1e-9);
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P3, P6: nothing is negative or no number, and nobody serves more than its capacity",
    () => {
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          const writer = new FrameWriter(frame, world);
          let isSound = true;
          let beyond = 0;
          suffer(world, seed, () => {
            const { flow, fresh, capacity, stations, routing } = world;
            for (const column of [
              flow,
              fresh,
              routing.load,
              routing.passed,
              stations.failed,
              stations.shed,
            ]) {
              isSound &&= column.every((value) => value >= 0 && value < Infinity);
            }
            for (let s = 0; s < capacity.length; s += 1) {
              beyond = Math.max(beyond, flow[s]! / 10 - (capacity[s]! / 10) * (1 + 1e-12));
            }
          });
          isSound &&= writer
            .write({ at: 0, notices: [] })
            .rates.every((rate) => rate >= 0 && rate < Infinity);
          expect(isSound).toBe(true);
          expect(beyond).toBeLessThanOrEqual(1e-9);
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P5: what the edges to a service show is what it was given, and what it sends is its gain times what it served",
    () => {
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          suffer(world, seed, () => {}, 3);
          const { graph, fresh, flow } = world;
          const shown = new FrameWriter(frame, world).write({ at: 0, notices: [] });
          const { inbound, outbound } = nodeVolumes(shown);
          const before = nodeVolumes(frame);
          for (let s = graph.regions.length; s < graph.stations; s += 1) {
            const node = graph.stationNode[s]!;
            const gain = rowTotal(before.outbound, node, 3) / graph.stationLoad[s]!;
            const given = fresh[s]!;
            // Calls that close a cycle bring what flowed one step before, and show what flows now.
            if (!closesCycle(world, s)) {
              expect(Math.abs(rowTotal(inbound, node, 3) - given)).toBeLessThanOrEqual(
                1e-9 * Math.max(1e-9, given),
              );
            }
            const sent = gain * flow[s]!;
            expect(Math.abs(rowTotal(outbound, node, 3) - sent)).toBeLessThanOrEqual(
              1e-9 * Math.max(1e-9, sent),
            );
          }
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P7: every request of the victim's users has exactly one way",
    () => {
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          let worst = 0;
          suffer(world, seed, () => {
            const { victim, demand, arriving, passed, load, shares } = world.routing;
            const moved = arriving.reduce(
              (sum, rate, r) => (r === victim ? sum : sum + rate - demand[r]!),
              0,
            );
            const ways = (moved + sumOf(passed) + load[victim]!) / demand[victim]!;
            worst = Math.max(worst, Math.abs(ways - 1), Math.abs(sumOf(shares) - 1));
          });
          expect(worst).toBeLessThanOrEqual(1e-9);
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P10: without trouble, and with a demand that stands still, the world stays as the frame",
    () => {
      fc.assert(
        fc.property(frames, (frame) => {
          const world = worldOf(frame, defaultClients);
          for (let step = 0; step < 50; step += 1) world.step();
          const { rates } = new FrameWriter(frame, world).write({ at: 0, notices: [] });
          const worst = rates.reduce((most, rate, slot) => {
            const before = frame.rates[slot]!;
            return Math.max(most, Math.abs(rate - before) / Math.max(1e-9, before));
          }, 0);
          expect(worst).toBeLessThanOrEqual(1e-9);
        }),
        cases,
      );
    },
    patience,
  );

  it(
    "P11: when trouble ends the world returns to the frame, or says that it is stuck",
    () => {
      let stuck = 0;
      fc.assert(
        fc.property(troubles, ({ frame, clients: behaviour, seed }) => {
          const world = worldOf(frame, behaviour);
          const watch = new LoadWatch(world, new EventLog());
          suffer(world, seed, () => {}, 3);
          calmDown(world);
          for (let second = 0; second < 90; second += 1) {
            for (let step = 0; step < 10; step += 1) world.step();
            watch.look(second);
          }
          if (watch.isStuck) stuck += 1;
          const { graph, flow } = world;
          const farthest = graph.stationLoad.reduce(
            (most, load, s) => Math.max(most, Math.abs(flow[s]! / load - 1)),
            0,
          );
          expect(watch.isStuck || farthest < 1e-6).toBe(true);
        }),
        cases,
      );
      // The cases hold some of both kinds.
      expect(stuck).toBeGreaterThan(0);
      expect(stuck).toBeLessThan(cases.numRuns);
    },
    patience,
  );

  it(
    "P12: more capacity never means more failures at the front doors, as long as nobody tries again",
    () => {
      fc.assert(
        fc.property(
          troubles,
          fc.double({ min: 1, max: 3, noNaN: true }),
          ({ frame, clients: behaviour, seed }, times) => {
            const lost = [1, times].map((factor) => {
              const { timeoutS, queueS } = behaviour;
              // A queue as long as the timeout is a matter of luck: whoever waits in it may or may not be answered in time.
              const patient = { ...behaviour, retries: 0, queueS: Math.min(queueS, timeoutS / 2) };
              const world = worldOf(frame, patient, factor);
              const { stations, graph } = world;
              // One trouble, which lasts: in one that changes, the greater queue of better times may be what worse times choke on.
              trouble(world, seed)();
              // Errors are no matter of capacity: who is served sooner gets them sooner.
              world.regionErrors.fill(0);
              let sum = 0;
              for (let step = 0; step < 50; step += 1) {
                world.step();
                for (let r = 0; r < graph.regions.length; r += 1)
                  sum += stations.failed[r]! + stations.shed[r]!;
              }
              return sum;
            });
            expect(lost[1]).toBeLessThanOrEqual(lost[0]! * (1 + 1e-9) + 1e-9);
          },
        ),
        cases,
      );
    },
    patience,
  );
});
