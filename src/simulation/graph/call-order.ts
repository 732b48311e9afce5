/** Who calls whom, as two columns of the same length: calls go from `sources[e]` to `targets[e]`, both below `size`. */
export interface Calls {
  readonly size: number;
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** Calls that go on: those that are not marked here are as if they were not there. Absent: all go on. */
  readonly goesOn?: Uint8Array;
}

/** Nodes in groups, callers before callees; a group is a single node, or nodes that all reach one another. */
export interface CallOrder {
  /** Every node once, group after group. */
  readonly nodes: Int32Array;
  /** Where each group begins in `nodes`; one more entry than groups, the last is the number of nodes. */
  readonly starts: Int32Array;
  /** One mark for each group: whether calls go round in it. A single node may call itself. */
  readonly isCycle: Uint8Array;
  /** Edges that end at node i are `incoming[incomingStarts[i]] ... incoming[incomingStarts[i + 1] - 1]`; only those that go on. */
  readonly incoming: Int32Array;
  readonly incomingStarts: Int32Array;
}

/** Tarjan's strongly connected components (1972) without recursion, so that a chain of any length is fine. O(nodes + edges). */
export function callOrder(calls: Calls): CallOrder {
  const { size, sources, targets } = calls;
  const incoming = groupEdges(calls, targets);
  const outgoing = groupEdges(calls, sources);
  const nodes = new Int32Array(size);
  const starts: number[] = [];
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const isOpen = new Uint8Array(size);
  const nextEdge = outgoing.starts.slice(0, size);
  const path: number[] = [];
  const open: number[] = [];
  let seen = 0;
  // Components are found callees first: filled from the end, callers come first.
  let free = size;
  for (let root = 0; root < size; root += 1) {
    if (index[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = nextEdge[node]!;
      if (at < outgoing.starts[node + 1]!) {
        nextEdge[node] = at + 1;
        const callee = targets[outgoing.edges[at]!]!;
        if (index[callee] === -1) enter(callee);
        else if (isOpen[callee] === 1) low[node] = Math.min(low[node]!, index[callee]!);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller !== undefined) low[caller] = Math.min(low[caller]!, low[node]!);
      if (low[node] === index[node]) close(node);
    }
  }
  starts.push(size);
  const ascending = Int32Array.from(starts.toSorted((a, b) => a - b));
  return {
    nodes,
    starts: ascending,
    isCycle: markCycles(calls, nodes, ascending),
    incoming: incoming.edges,
    incomingStarts: incoming.starts,
  };

  function enter(node: number): void {
    index[node] = seen;
    low[node] = seen;
    seen += 1;
    path.push(node);
    open.push(node);
    isOpen[node] = 1;
  }

  /** Everything above the node on the stack, and itself, is one group. */
  function close(node: number): void {
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      isOpen[member] = 0;
      free -= 1;
      nodes[free] = member;
      if (member === node) break;
    }
    starts.push(free);
  }
}

function groupEdges(
  { size, sources, goesOn }: Calls,
  by: Int32Array,
): { readonly edges: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(size + 1);
  let count = 0;
  for (let e = 0; e < sources.length; e += 1) {
    if (goesOn !== undefined && goesOn[e] !== 1) continue;
    starts[by[e]! + 1]! += 1;
    count += 1;
  }
  for (let i = 0; i < size; i += 1) starts[i + 1]! += starts[i]!;
  const edges = new Int32Array(count);
  const next = starts.slice(0, size);
  for (let e = 0; e < sources.length; e += 1) {
    if (goesOn !== undefined && goesOn[e] !== 1) continue;
    edges[next[by[e]!]!] = e;
    next[by[e]!]! += 1;
  }
  return { edges, starts };
}

function markCycles({ sources, targets, goesOn }: Calls, nodes: Int32Array, starts: Int32Array): Uint8Array {
  const groupOf = new Int32Array(nodes.length);
  for (let group = 0; group + 1 < starts.length; group += 1) {
    for (let at = starts[group]!; at < starts[group + 1]!; at += 1) groupOf[nodes[at]!] = group;
  }
  const marks = new Uint8Array(starts.length - 1);
  for (let e = 0; e < sources.length; e += 1) {
    const isKept = goesOn === undefined || goesOn[e] === 1;
    if (isKept && groupOf[sources[e]!] === groupOf[targets[e]!]) marks[groupOf[sources[e]!]!] = 1;
  }
  return marks;
}
