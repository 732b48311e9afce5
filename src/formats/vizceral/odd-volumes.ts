import { nodeRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { rowTotal } from "#domain/volume.ts";

import { at, quoted } from "./place.ts";
import type { ReadingContext } from "./reading-context.ts";

/** Vizceral's own page calls a region stale from three minutes on. */
const staleAfterMs = 180_000;

/** Notes what is well-formed but makes little sense: numbers that are out of date, nodes that stand apart. */
export function noteOddities(context: ReadingContext, snapshot: TrafficSnapshot): void {
  const { topology } = snapshot;
  for (const [node, { name }] of topology.nodes.entries()) {
    const place = context.nodePlaces[node];
    const about = () => nodeRef(topology, node);
    const largest = largestInside(snapshot, node);
    const maxVolume = snapshot.maxVolume[node] ?? NaN;
    if (largest > maxVolume) {
      context.report(
        "note",
        at(place, "maxVolume"),
        () =>
          `maxVolume of ${quoted(name)} is ${maxVolume}, but ${largest} requests/s flow along one of its edges`,
        "kept it, though it is out of date",
        about,
      );
    }
    const age = snapshot.at - (snapshot.observedAt[node] ?? NaN);
    if (age > staleAfterMs) {
      context.report(
        "note",
        at(place, "updated"),
        () => `${quoted(name)} was last heard of ${Math.round(age / 60_000)} min before the file was written`,
        "kept it; it shows as stale",
        about,
      );
    }
    const apart = standingApart(snapshot, node);
    if (apart > 0) {
      context.report(
        "note",
        at(place, "nodes"),
        () => `${apart === 1 ? "one node" : `${apart} nodes`} of ${quoted(name)} without connections`,
        "kept them; they stand apart",
        about,
      );
    }
  }
}

/** Requests per second on the busiest edge inside a node. */
function largestInside({ topology, rates }: TrafficSnapshot, node: number): number {
  let largest = 0;
  for (const edge of topology.inside[node] ?? []) {
    largest = Math.max(largest, rowTotal(rates, edge, topology.classes.length));
  }
  return largest;
}

function standingApart({ topology }: TrafficSnapshot, node: number): number {
  if ((topology.inside[node]?.length ?? 0) === 0) return 0;
  const touches = (child: number) =>
    (topology.incoming[child]?.length ?? 0) + (topology.outgoing[child]?.length ?? 0) > 0;
  return (topology.children[node] ?? []).filter((child) => !touches(child)).length;
}
