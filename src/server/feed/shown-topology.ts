import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { sameStructure, type Topology } from "#domain/topology.ts";

/**
 * Gives topologies the revisions that viewers count on where two origins of frames take turns: one that has the nodes and edges of the topology that is
 * shown has its revision, any other the next one. As long as an origin's topology stays the same object, so does the one that is shown.
 */
export class ShownTopology {
  #said: Topology | undefined;
  #shown: Topology | undefined;

  /** The snapshot, as it may follow one with the topology `before`. */
  following(before: Topology, snapshot: TrafficSnapshot): TrafficSnapshot {
    const { topology } = snapshot;
    if (topology !== this.#said || this.#shown === undefined || before !== this.#shown) {
      const isSame = sameStructure(before, topology);
      const revision = isSame ? before.revision : before.revision + 1;
      this.#said = topology;
      this.#shown = topology.revision === revision ? topology : { ...topology, revision };
    }
    return this.#shown === topology ? snapshot : createSnapshot({ ...snapshot, topology: this.#shown });
  }
}
