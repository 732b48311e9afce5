import type { EdgeIndex, NodeIndex } from "#domain/topology.ts";
import { rowTotal } from "#domain/volume.ts";

import type { DrillGraph, RegionGraph } from "../graph/drill-graph.ts";

/** What one region calls in another, where that is seen inside of both: it is the same traffic on all of these edges. */
export interface Crossing {
  /** Between the regions. */
  readonly between: readonly EdgeIndex[];
  /** Inside the region that calls: from services to the boundary. */
  readonly leaving: readonly EdgeIndex[];
  /** Inside the region that is called: from the boundary to services. */
  readonly arriving: readonly EdgeIndex[];
  /** What leaves in the frame, requests per second; above 0. */
  readonly rate: number;
}

export function findCrossings({ frame, regions, regionEdges }: DrillGraph): readonly Crossing[] {
  const classes = frame.topology.classes.length;
  return regions.flatMap((caller) =>
    regions.flatMap((called): readonly Crossing[] => {
      const leaving = edgesAt(caller, caller.targets, called.node);
      const arriving = edgesAt(called, called.sources, caller.node);
      const rate = leaving.reduce((sum, edge) => sum + rowTotal(frame.rates, edge, classes), 0);
      if (!(rate > 0) || arriving.length === 0) return [];
      const between = regionEdges
        .filter(({ source, target }) => regions[source] === caller && regions[target] === called)
        .map(({ edge }) => edge);
      return [{ between, leaving, arriving, rate }];
    }),
  );
}

/** Edges of a region at whose one end, as `ends` has it, a boundary stands for the region of that node. */
function edgesAt({ edges, behind }: RegionGraph, ends: Int32Array, node: NodeIndex): readonly EdgeIndex[] {
  return [...edges].filter((_, e) => behind[ends[e]!] === node);
}
