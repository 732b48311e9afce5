import { hashText } from "#base/random.ts";

import type { World } from "../engine/world.ts";
import type { LoadHistory } from "./drill-session.ts";

const columns = ["load", "arriving", "capacity", "failed"] as const;

type Column = (typeof columns)[number];

/** Sums the world up, second by second, and in all. */
export class LoadRecorder {
  readonly #world: World;
  readonly #regions: readonly string[];
  readonly #stepsPerSecond: number;
  readonly #sums: Float64Array;
  #columns: Readonly<Record<Column, Float64Array>>;
  #rows = 0;
  #steps = 0;
  #failed = 0;
  #demand = 0;
  #hash = hashText("loads");

  constructor(world: World, stepsPerSecond: number) {
    this.#world = world;
    this.#regions = world.graph.regions.map(({ name }) => name);
    this.#stepsPerSecond = stepsPerSecond;
    this.#sums = new Float64Array(this.#regions.length * columns.length);
    this.#columns = emptyColumns(this.#regions.length * 64);
  }

  /** Takes a step down; true when it completes a second. `counts` says whether what fails counts for the result. */
  add(counts: boolean): boolean {
    const { routing, capacity, stations } = this.#world;
    const regions = this.#regions.length;
    for (let r = 0; r < regions; r += 1) {
      // Masses of one step.
      const failed = stations.failed[r]! + stations.shed[r]!;
      this.#sums[r]! += routing.load[r]!;
      this.#sums[regions + r]! += routing.arriving[r]!;
      this.#sums[2 * regions + r]! += capacity[r]!;
      this.#sums[3 * regions + r]! += failed * this.#stepsPerSecond;
      if (!counts) continue;
      this.#failed += failed;
      this.#demand += routing.demand[r]! / this.#stepsPerSecond;
    }
    this.#steps += 1;
    if (this.#steps % this.#stepsPerSecond !== 0) return false;
    this.#closeSecond();
    return true;
  }

  get history(): LoadHistory {
    const used = this.#rows * this.#regions.length;
    return {
      regions: this.#regions,
      rows: this.#rows,
      load: this.#columns.load.subarray(0, used),
      arriving: this.#columns.arriving.subarray(0, used),
      capacity: this.#columns.capacity.subarray(0, used),
      failed: this.#columns.failed.subarray(0, used),
    };
  }

  /** Failed requests by the mean rate of all: seconds in which everything failed. */
  errorSeconds(countedSteps: number): number {
    if (this.#demand === 0) return 0;
    return (this.#failed / this.#demand) * (countedSteps / this.#stepsPerSecond);
  }

  /** Equal for equal rows. */
  get hash(): number {
    return this.#hash;
  }

  #closeSecond(): void {
    const regions = this.#regions.length;
    const at = this.#rows * regions;
    if (at + regions > this.#columns.load.length) this.#grow();
    columns.forEach((name, position) => {
      for (let r = 0; r < regions; r += 1) {
        const mean = this.#sums[position * regions + r]! / this.#stepsPerSecond;
        this.#columns[name][at + r] = mean;
        // The shortest text of a number is the same in every engine.
        this.#hash = hashText(`${mean}`, this.#hash);
      }
    });
    this.#sums.fill(0);
    this.#rows += 1;
  }

  #grow(): void {
    const grown = emptyColumns(this.#columns.load.length * 2);
    for (const name of columns) grown[name].set(this.#columns[name]);
    this.#columns = grown;
  }
}

function emptyColumns(length: number): Readonly<Record<Column, Float64Array>> {
  return {
    load: new Float64Array(length),
    arriving: new Float64Array(length),
    capacity: new Float64Array(length),
    failed: new Float64Array(length),
  };
}
