import type { CallOrder } from "./call-order.ts";

/** What is solved: calls with gains. Shapes as in RegionGraph. */
export interface GainGraph {
  readonly sources: Int32Array;
  readonly order: CallOrder;
}

/** Cycles of more nodes are solved by sweeps: elimination takes the third power of their number. */
const mostEliminated = 300;

/**
 * Requests per second at every node when `roots` begin there: x = (I - G^T)^-1 s. Groups are solved callers first; inside a cycle by elimination, which
 * needs no pivots, since I - G^T is an M-matrix as long as the spectral radius is below 1. Where it is not, the result means nothing.
 */
export function solveVolumes(
  { sources, order }: GainGraph,
  gains: Float64Array,
  roots: Float64Array,
): Float64Array {
  const { nodes, starts, isCycle } = order;
  const volumes = roots.slice();
  const graph = { sources, order };
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const members = nodes.subarray(starts[group], starts[group + 1]);
    const first = members[0]!;
    if (isCycle[group] !== 1) volumes[first] = arrivingAt(graph, gains, volumes, first, volumes[first]!);
    else if (members.length > mostEliminated) sweepCycle(graph, gains, members, volumes);
    else solveCycle(graph, gains, members, volumes);
  }
  return volumes;
}

/** What begins at a node and what callers send there, after what is known by now. */
function arrivingAt(
  { sources, order }: GainGraph,
  gains: Float64Array,
  volumes: Float64Array,
  node: number,
  begins: number,
): number {
  const { incoming, incomingStarts } = order;
  let arriving = begins;
  for (let at = incomingStarts[node]!; at < incomingStarts[node + 1]!; at += 1) {
    arriving += gains[incoming[at]!]! * volumes[sources[incoming[at]!]!]!;
  }
  return arriving;
}

/** Gauss's elimination on I - G^T of the members, row by row, in place. */
function solveCycle(
  { sources, order }: GainGraph,
  gains: Float64Array,
  members: Int32Array,
  volumes: Float64Array,
): void {
  const { incoming, incomingStarts } = order;
  const size = members.length;
  const placeOf = new Map(Array.from(members, (node, place) => [node, place]));
  const rows = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let place = 0; place < size; place += 1) {
    const node = members[place]!;
    rows[place * size + place]! += 1;
    right[place] = volumes[node]!;
    for (let at = incomingStarts[node]!; at < incomingStarts[node + 1]!; at += 1) {
      const edge = incoming[at]!;
      const source = placeOf.get(sources[edge]!);
      if (source === undefined) right[place]! += gains[edge]! * volumes[sources[edge]!]!;
      else rows[place * size + source]! -= gains[edge]!;
    }
  }
  eliminate(rows, right);
  for (let place = 0; place < size; place += 1) volumes[members[place]!] = right[place]!;
}

/** Turns the right side of a system of equations into its solution. */
function eliminate(rows: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const divisor = rows[pivot * size + pivot]!;
    for (let row = pivot + 1; row < size; row += 1) {
      const factor = rows[row * size + pivot]! / divisor;
      if (factor === 0) continue;
      for (let column = pivot; column < size; column += 1) {
        rows[row * size + column]! -= factor * rows[pivot * size + column]!;
      }
      right[row]! -= factor * right[pivot]!;
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = right[row]!;
    for (let column = row + 1; column < size; column += 1) {
      rest -= rows[row * size + column]! * right[column]!;
    }
    right[row] = rest / rows[row * size + row]!;
  }
}

const mostSweeps = 10_000;
const sweptEnough = 1e-13;

/** Gauss-Seidel: each sweep takes what is known by now, until nothing changes any more. */
function sweepCycle(graph: GainGraph, gains: Float64Array, members: Int32Array, volumes: Float64Array): void {
  const begins = Array.from(members, (node) => volumes[node]!);
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let change = 0;
    for (let place = 0; place < members.length; place += 1) {
      const node = members[place]!;
      const before = volumes[node]!;
      const now = arrivingAt(graph, gains, volumes, node, begins[place]!);
      volumes[node] = now;
      change = Math.max(change, Math.abs(now - before) / Math.max(now, 1e-300));
    }
    if (change < sweptEnough) return;
  }
}
