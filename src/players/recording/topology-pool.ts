import { diffTopologies } from "#domain/delta-patch.ts";
import { sameStructure, type Topology } from "#domain/topology.ts";

/** More different topologies than groups at hand. */
const mostKept = 64;

/** Out of the way of what servers count. */
const firstRevision = 1_000_000_000;

/**
 * Makes equal topologies one object, and gives those of one structure one revision: every keyframe brings its own, and a server that was started again
 * counts revisions afresh, but what is drawn is built anew only for what is another.
 */
export class TopologyPool {
  /** The newest last. */
  #known: Topology[] = [];
  #lastRevision = firstRevision;

  share(topology: Topology): Topology {
    const equal = this.#known.findLast((known) => isEqual(known, topology));
    if (equal !== undefined) return equal;
    const twin = this.#known.findLast((known) => sameStructure(known, topology));
    if (twin === undefined) this.#lastRevision += 1;
    const shared = { ...topology, revision: twin?.revision ?? this.#lastRevision };
    this.#known = [...this.#known, shared].slice(-mostKept);
    return shared;
  }
}

function isEqual(known: Topology, topology: Topology): boolean {
  return (
    sameStructure(known, topology) &&
    diffTopologies(known, { ...topology, revision: known.revision }) === undefined
  );
}
