import type { CallGraph } from "./call-graph.ts";

/**
 * A number for each node; two nodes have the same number when each can be reached from the other. Tarjan's algorithm
 * (https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm) with a stack of its own: a chain may be as long as
 * the graph.
 */
export function circlesOf({ size, callees }: CallGraph): Int32Array {
  const circle = new Int32Array(size).fill(-1);
  const order = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const next = callees.start.slice(0, size);
  const open: number[] = [];
  let seen = 0;
  for (let root = 0; root < size; root += 1) {
    if (order[root] !== -1) continue;
    const walk = [root];
    while (walk.length > 0) {
      const node = walk[walk.length - 1]!;
      if (order[node] === -1) {
        order[node] = seen;
        lowest[node] = seen;
        seen += 1;
        open.push(node);
      }
      const place = next[node]!;
      if (place < callees.start[node + 1]!) {
        next[node] = place + 1;
        const callee = callees.node[place]!;
        if (order[callee] === -1) walk.push(callee);
        else if (circle[callee] === -1) lowest[node] = Math.min(lowest[node]!, order[callee]!);
        continue;
      }
      walk.pop();
      const caller = walk.at(-1);
      if (caller !== undefined) lowest[caller] = Math.min(lowest[caller]!, lowest[node]!);
      if (lowest[node] !== order[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        circle[member] = node;
        if (member === node) break;
      }
    }
  }
  return circle;
}
