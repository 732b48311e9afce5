import { assert } from "#base/assert.ts";
import type { JsonObject } from "#base/json.ts";
import { mulberry32, type Random } from "#base/random.ts";

import { metrics, writtenAt } from "./make-region.ts";
import { rounded, steadyState, type Call } from "./steady-state.ts";

/** How large the graph is, INTERNET included. */
const nodeCount = 1000;
const edgeCount = 5000;
const rankCount = 12;

const entering = 180_000;

const subjects =
  "account address artwork asset audit basket billing campaign cart catalog checkout content coupon customer delivery device " +
  "discount event feature feed fraud image inventory invoice ledger library license locale login loyalty mail media member " +
  "message notice offer order parcel partner payment player policy price product profile promo quota rating receipt refund " +
  "region report return review route schedule search seller session shipment stock store stream subtitle survey tax ticket " +
  "badge banner budget contract currency dispute export flag gift import job lead map " +
  "token tracking trial upload user video voucher wallet warehouse";
const roles = "api reader writer service worker gateway index cache store queue sync rules";

/**
 * A region of 1,000 services for measuring. Most calls go one rank on, some skip ranks, one in a hundred goes back. Popular services are called
 * by many, and volumes spread over six orders of magnitude.
 */
export function makeHuge(seed: number): JsonObject {
  const random = mulberry32(seed);
  const ranks = Array.from({ length: nodeCount }, (_, node) => (node === 0 ? 0 : rankOf(node)));
  const names = serviceNames(random);
  const calls = makeCalls(ranks, random);
  const volumes = steadyState(nodeCount, calls, entering);
  return {
    renderer: "region",
    name: "huge",
    maxVolume: entering,
    updated: writtenAt,
    serverUpdateTime: writtenAt,
    nodes: names.map((name, node) =>
      node === 0 ? { name, node_type: "users" } : { name, node_type: typeOf(name), renderer: "focusedChild" },
    ),
    connections: calls.map(({ from, to, gain }) => {
      const total = rounded(Math.max(0.001, (volumes[from] ?? 0) * gain));
      const danger = rounded(total * 0.004 * random() * random());
      const warning = random() < 0.1 ? rounded(total * 0.02 * random()) : 0;
      return {
        source: names[from] ?? "",
        target: names[to] ?? "",
        metrics: metrics({ normal: rounded(total - danger - warning), warning, danger }),
      };
    }),
  };
}

/** Ranks 1 to 11; those in the middle are the fullest. */
function rankOf(node: number): number {
  const share = (node - 1) / (nodeCount - 1);
  const widths = [3, 7, 10, 12, 13, 13, 12, 11, 9, 6, 4];
  let passed = 0;
  for (const [index, width] of widths.entries()) {
    passed += width / 100;
    if (share < passed) return index + 1;
  }
  return rankCount - 1;
}

function makeCalls(ranks: readonly number[], random: Random): readonly Call[] {
  const members = Array.from({ length: rankCount }, (_, rank) =>
    ranks.flatMap((own, node) => (own === rank ? [node] : [])),
  );
  const pairs = new Map<number, readonly [number, number]>();
  const join = (from: number, to: number) => pairs.set(from * nodeCount + to, [from, to]);
  // Everybody is called by somebody on the rank before, so that all is reached.
  for (let node = 1; node < nodeCount; node += 1)
    join(popular(members[(ranks[node] ?? 1) - 1] ?? [], random), node);
  while (pairs.size < edgeCount) {
    const from = 1 + Math.floor(random() * (nodeCount - 1));
    const to = popular(members[targetRank(ranks[from] ?? 0, random)] ?? [], random);
    if (from !== to && to !== 0) join(from, to);
  }
  const ends = [...pairs.values()].toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const weights = ends.map(() => heavyTailed(random));
  const sums = new Map<number, number>();
  for (const [index, [from]] of ends.entries()) sums.set(from, (sums.get(from) ?? 0) + (weights[index] ?? 0));
  const gains = ranks.map((rank) => (rank === 0 ? 1 : 0.55 + random() * 0.75));
  return ends.map(([from, to], index) => {
    const share = (weights[index] ?? 0) / (sums.get(from) ?? 1);
    const back = (ranks[to] ?? 0) <= (ranks[from] ?? 0) ? 0.02 : 1;
    return { from, to, gain: share * (gains[from] ?? 1) * back };
  });
}

function targetRank(rank: number, random: Random): number {
  const draw = random();
  if (draw < 0.01 && rank > 1) return 1 + Math.floor(random() * (rank - 1));
  const step = draw < 0.78 ? 1 : draw < 0.92 ? 2 : 3;
  return Math.min(rankCount - 1, rank + step);
}

/** The first of a rank are the popular ones. */
function popular(members: readonly number[], random: Random): number {
  const draw = random();
  return members[Math.floor(draw * draw * members.length)] ?? 0;
}

/** Pareto with the exponent 1, cut at 500: a few calls carry most of the traffic. */
function heavyTailed(random: Random): number {
  return 1 / (0.002 + 0.998 * random());
}

function serviceNames(random: Random): readonly string[] {
  const subjectList = subjects.split(" ");
  const roleList = roles.split(" ");
  const all = subjectList.flatMap((subject) => roleList.map((role) => `${subject}-${role}`));
  // Fisher and Yates.
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a = "", b = ""] = [all[i], all[j]];
    all[i] = b;
    all[j] = a;
  }
  assert(all.length >= nodeCount - 1, `only ${all.length} names for services`);
  return ["INTERNET", ...all.slice(0, nodeCount - 1)];
}

function typeOf(name: string): string {
  if (/-(?:cache|store|index)$/.test(name)) return "storage";
  return /-(?:queue|gateway|sync)$/.test(name) ? "pipe" : "service";
}
