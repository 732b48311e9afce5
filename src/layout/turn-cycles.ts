import { type CallGraph, turnEdges } from "./call-graph.ts";
import { circlesOf } from "./circles.ts";
import { flowLevels } from "./flow-levels.ts";

/**
 * The graph with some edges turned round, so that no walk returns to its start. Only edges that lie on a circle are turned, and of those
 * the ones that lead up the flow; besides all edges into an entry: traffic starts there.
 *
 * Why not a depth-first walk, which turns what closes a circle: it depends on where it begins and makes walks as long as it can. On
 * 1,000 services in 12 ranks with 50 of 5,000 calls going back it turned 727 edges and left 142 ranks; this turns 82 and leaves 23.
 */
export function turnCycles(graph: CallGraph, isEntry: (node: number) => boolean): CallGraph {
  const intoEntries = Uint8Array.from(graph.to, (node) => (isEntry(node) ? 1 : 0));
  const started = intoEntries.includes(1) ? turnEdges(graph, intoEntries) : graph;
  const circle = circlesOf(started);
  const onCircle = started.from.map((from, e) => (circle[from] === circle[started.to[e]!] ? 1 : 0));
  if (!onCircle.includes(1)) return started;
  const levels = flowLevels(started, isEntry);
  const isUp = (from: number, to: number) =>
    levels[from]! > levels[to]! || (levels[from] === levels[to] && from > to);
  return turnEdges(
    started,
    Uint8Array.from(onCircle, (isOn, e) => (isOn === 1 && isUp(started.from[e]!, started.to[e]!) ? 1 : 0)),
  );
}
