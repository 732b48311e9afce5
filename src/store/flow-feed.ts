import { edgeRef, findItem } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import { buildFlowRow } from "#scene/flow-rows.ts";
import type { FlowScale } from "#scene/flow-scale.ts";
import type { SceneUpdate } from "#scene/scene-update.ts";

import type { FeedState } from "./app-state.ts";

/** Feeds the renderer with rows of rates: one for each new frame, all of them when what they are measured by has changed. */
export class FlowFeed {
  #structure: BuiltStructure | undefined;
  #scale: FlowScale | undefined;
  #generation = -1;
  #newest: TrafficSnapshot | undefined;
  /** Position in an older topology of each edge on screen, and the screen that it was found for. */
  readonly #edgesIn = new WeakMap<Topology, { readonly onScreen: Int32Array; readonly index: Int32Array }>();

  /** The rows of all frames at hand, for another structure. */
  start(
    feed: FeedState,
    topology: Topology,
    structure: BuiltStructure,
    scale: FlowScale,
  ): readonly FlowRow[] {
    this.#structure = structure;
    this.#scale = scale;
    this.#generation = feed.generation;
    this.#newest = feed.frames.at(-1);
    return feed.frames.map((frame) => this.#row(frame, topology, structure, scale));
  }

  /** What to tell since the last call, for the same structure. */
  next(
    feed: FeedState,
    topology: Topology,
    structure: BuiltStructure,
    scale: FlowScale,
  ): readonly SceneUpdate[] {
    const { version } = structure;
    // Nodes that have moved leave the edges as they were.
    const isSame = this.#structure?.edgeIndex === structure.edgeIndex;
    this.#structure = structure;
    if (!isSame || this.#scale !== scale || this.#generation !== feed.generation) {
      return [{ kind: "rows", version, rows: this.start(feed, topology, structure, scale) }];
    }
    const known = this.#newest === undefined ? -1 : feed.frames.indexOf(this.#newest);
    this.#newest = feed.frames.at(-1);
    return feed.frames.slice(known + 1).map((frame): SceneUpdate => ({
      kind: "row",
      version,
      row: this.#row(frame, topology, structure, scale),
      // The player says how far back frames matter: a drill at 60x has frames half a minute ahead of what is shown.
      keepFrom: feed.frames[0]?.at ?? frame.at,
    }));
  }

  #row(frame: TrafficSnapshot, topology: Topology, structure: BuiltStructure, scale: FlowScale): FlowRow {
    return buildFlowRow(
      frame,
      this.#edgeIndex(frame.topology, topology, structure),
      topology.classes.length,
      scale,
    );
  }

  #edgeIndex(from: Topology, topology: Topology, structure: BuiltStructure): Int32Array {
    if (from === topology || from.revision === topology.revision) return structure.edgeIndex;
    const known = this.#edgesIn.get(from);
    if (known?.onScreen === structure.edgeIndex) return known.index;
    const index = structure.edgeIndex.map((edge) => {
      const found = findItem(from, edgeRef(topology, edge));
      return found?.kind === "edge" ? found.edge : -1;
    });
    this.#edgesIn.set(from, { onScreen: structure.edgeIndex, index });
    return index;
  }
}
