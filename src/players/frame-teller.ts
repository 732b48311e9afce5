import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";

import type { DrillBasis } from "./drill-control.ts";
import { packFrame, topologyParts, type BasisIds, type SimulationCommand } from "./simulation-message.ts";

/** Frames that the worker remembers: those of a forecast, a run, a comparison, and a minute of surveys. */
const framesKept = 48;

interface Told {
  readonly id: number;
  readonly topology: Topology;
}

/** Knows which frames the worker has been told, and tells it the others. */
export class FrameTeller {
  /** The longest unused first. */
  readonly #told = new Map<TrafficSnapshot, Told>();
  readonly #topologies = new Map<Topology, number>();
  #lastId = 0;

  /** What has to be sent before a question about this basis, and the numbers by which to ask. */
  tell({ frame, history }: DrillBasis): {
    readonly commands: readonly SimulationCommand[];
    readonly ids: BasisIds;
  } {
    const commands: SimulationCommand[] = [];
    const idOf = (snapshot: TrafficSnapshot) => this.#idOf(snapshot, commands);
    const ids = { history: history.map(idOf), frame: idOf(frame) };
    const forget = this.#forget(Math.max(framesKept, history.length + 1));
    return { commands: forget === undefined ? commands : [...commands, forget], ids };
  }

  #idOf(snapshot: TrafficSnapshot, commands: SimulationCommand[]): number {
    const { topology } = snapshot;
    const known = this.#told.get(snapshot);
    if (known !== undefined) {
      this.#told.delete(snapshot);
      this.#told.set(snapshot, known);
      return known.id;
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const knownTopology = this.#topologies.get(topology);
    const topologyId = knownTopology ?? id;
    this.#topologies.set(topology, topologyId);
    this.#told.set(snapshot, { id, topology });
    const frame = packFrame(id, topologyId, snapshot);
    commands.push(
      knownTopology === undefined
        ? { kind: "frame", frame, topology: topologyParts(topology) }
        : { kind: "frame", frame },
    );
    return id;
  }

  #forget(most: number): SimulationCommand | undefined {
    const surplus = [...this.#told].slice(0, Math.max(0, this.#told.size - most));
    if (surplus.length === 0) return undefined;
    for (const [snapshot] of surplus) this.#told.delete(snapshot);
    const used = new Set([...this.#told.values()].map(({ topology }) => topology));
    const topologies = [...this.#topologies].filter(([topology]) => !used.has(topology));
    for (const [topology] of topologies) this.#topologies.delete(topology);
    return {
      kind: "forget",
      frames: surplus.map(([, { id }]) => id),
      topologies: topologies.map(([, id]) => id),
    };
  }
}
