import { mulberry32 } from "#base/random.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { sizeFleets } from "#simulation/engine/fleets.ts";
import { World } from "#simulation/engine/world.ts";
import { compileWorld } from "#simulation/engine/world-graph.ts";
import { compileGraph } from "#simulation/graph/compile-graph.ts";
import type { ClientBehaviour } from "#simulation/plan/drill-plan.ts";

/** A world that starts as the frame, and can be scaled to twice what it needs; all capacities are `times` what they would be. */
export function worldOf(frame: TrafficSnapshot, clients: ClientBehaviour, times = 1): World {
  const read = compileGraph(frame, []);
  if (!read.ok) throw new Error(read.error.message);
  const graph = compileWorld(read.value);
  const need = Float64Array.from(graph.regions, ({ users }) => users * 2);
  const fleets = sizeFleets(graph, { capacityFactor: 1, readyCapacity: 0, need });
  const raised = { up: fleets.up.map((rate) => rate * times), goal: fleets.goal.map((rate) => rate * times) };
  return new World({ graph, fleets: raised, clients, internalTraffic: "follows", stepsPerSecond: 10 });
}

/** Whether what goes round in the frame's cycles of calls fades quickly. */
export function isSteady(frame: TrafficSnapshot): boolean {
  const read = compileGraph(frame, []);
  return read.ok && read.value.regions.every(({ amplification }) => amplification.radius < 0.8);
}

/** What happens in a world, by chance: who goes, how its traffic is led, what breaks. The same seed, the same trouble. */
export function trouble(world: World, seed: number): () => void {
  const random = mulberry32(seed);
  const regions = world.graph.regions.length;
  const victim = Math.floor(random() * regions);
  const weights = world.graph.regions.map((_, r) => (r === victim ? 0 : 0.05 + random()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  world.routing.victim = victim;
  world.routing.shares.set(weights.map((weight) => weight / sum));
  return () => {
    world.routing.resolved = random();
    world.routing.proxied = random() < 0.3 ? 1 : random();
    world.present[victim] = random() < 0.1 ? 0 : random();
    world.regionErrors[victim] = random() < 0.5 ? 0 : random();
    for (let r = 0; r < regions; r += 1) {
      world.scaled[r] = random();
      world.routing.demand[r] = world.graph.regions[r]!.users * (0.5 + random());
    }
    world.setAlive(Math.floor(random() * world.graph.stations), random());
  };
}

/** All trouble ends. */
export function calmDown(world: World): void {
  world.routing.resolved = 1;
  world.routing.proxied = 0;
  world.routing.demand.set(world.graph.regions.map(({ users }) => users));
  world.present.fill(1);
  world.scaled.fill(0);
  world.regionErrors.fill(0);
  for (let s = 0; s < world.graph.stations; s += 1) world.setAlive(s, 1);
}
