import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { rowTotal } from "#domain/volume.ts";

import type { BuiltStructure } from "./build-structure.ts";
import type { SceneDrill } from "./scene.ts";

/** What of a drill is told on the rings; undefined where none is shown, or its victim is not on screen. */
export function sceneDrill(structure: BuiltStructure, snapshot: TrafficSnapshot): SceneDrill | undefined {
  const { simulated, topology } = snapshot;
  if (simulated === undefined || structure.view !== "ring") return undefined;
  const positions = new Map<string, number>();
  structure.nodeIndex.forEach((node, position) => {
    const { name, parent } = topology.nodes[node]!;
    if (parent === 0) positions.set(name, position);
  });
  const victim = positions.get(simulated.victim);
  if (victim === undefined) return undefined;
  const node = structure.nodeIndex[victim]!;
  return {
    stage: simulated.stage,
    victim,
    saviours: simulated.saviours.flatMap((name) => positions.get(name) ?? []),
    passedOn: passedOn(snapshot, node, simulated.saviours),
    remark: remarkAt(snapshot, node),
  };
}

/** What goes from the victim to its saviours, by what reaches it. */
function passedOn({ topology, rates }: TrafficSnapshot, victim: number, saviours: readonly string[]): number {
  const classes = topology.classes.length;
  let reaching = 0;
  let leaving = 0;
  topology.edges.forEach(({ source, target }, edge) => {
    if (target === victim) reaching += rowTotal(rates, edge, classes);
    else if (source === victim && topology.nodes[target]?.parent === 0) {
      if (saviours.includes(topology.nodes[target].name)) leaving += rowTotal(rates, edge, classes);
    }
  });
  return reaching > 0 ? Math.min(1, leaving / reaching) : 0;
}

/** The second line of a warning at the victim, if it has one. */
function remarkAt({ notices }: TrafficSnapshot, victim: number): string | undefined {
  return notices.findLast(
    ({ target, severity, subtitle }) =>
      target.kind === "node" && target.node === victim && severity === 1 && subtitle !== undefined,
  )?.subtitle;
}
