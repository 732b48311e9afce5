import { err, ok, type Result } from "#base/result.ts";

import { errorShare, healthOf, severityRates } from "./health.ts";
import { rowTotal, type NodeVolumes } from "./volume.ts";
import type { TrafficSnapshot } from "./snapshot.ts";
import type { NodeIndex } from "./topology.ts";

/**
 * What finds and filters nodes. Terms are separated by spaces and must all hold; `a|b` is either; a leading `-` negates; quotes keep
 * spaces together.
 *
 *   cart                name, display name, owner or an instance's name contains it
 *   rate>100  rate<5    requests per second through the node
 *   errors>1% warnings>5%   share of its traffic
 *   latency>200         p95 of a call to it, milliseconds
 *   type:storage  owner:payments  class:danger
 *   is:failing is:degraded is:silent is:problem is:noticed
 */
export type Query = readonly QueryTerm[];

export interface QueryTerm {
  readonly isNegated: boolean;
  /** Any of these. */
  readonly tests: readonly QueryTest[];
}

export type QueryTest =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly field: Field; readonly value: string }
  | { readonly kind: "is"; readonly state: QueryState }
  | {
      readonly kind: "measure";
      readonly measure: Measure;
      readonly isAbove: boolean;
      readonly limit: number;
    };

export interface QueryFault {
  readonly kind: "bad-query";
  readonly term: string;
  readonly message: string;
}

const measures = ["rate", "errors", "warnings", "latency"] as const;
const states = ["failing", "degraded", "silent", "problem", "noticed"] as const;
const fields = ["type", "owner", "class"] as const;

type Measure = (typeof measures)[number];
type QueryState = (typeof states)[number];
type Field = (typeof fields)[number];

export function parseQuery(text: string): Result<Query, QueryFault> {
  const terms: QueryTerm[] = [];
  for (const [raw] of text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const isNegated = raw.length > 1 && raw.startsWith("-");
    const tests: QueryTest[] = [];
    for (const part of (isNegated ? raw.slice(1) : raw).split("|")) {
      const test = parseTest(part.replaceAll('"', ""));
      if (!test.ok) return err({ kind: "bad-query", term: raw, message: test.error });
      if (test.value !== undefined) tests.push(test.value);
    }
    if (tests.length > 0) terms.push({ isNegated, tests });
  }
  return ok(terms);
}

function parseTest(part: string): Result<QueryTest | undefined, string> {
  if (part === "") return ok(undefined);
  const [, word = "", sign = "", amount = ""] = /^(\w+)\s*([<>])\s*(.*)$/.exec(part) ?? [];
  const measure = measures.find((known) => known === word);
  if (measure !== undefined) {
    const limit = parseLimit(amount);
    if (limit === undefined) return err(`"${part}" needs a number: ${word}${sign}10 or errors>1%`);
    return ok({ kind: "measure", measure, isAbove: sign === ">", limit });
  }
  const [, prefix = "", value = ""] = /^(\w+):(.+)$/.exec(part) ?? [];
  if (prefix === "is") {
    const state = states.find((known) => known === value);
    if (state === undefined) return err(`"is:${value}" is not known: use is:${states.join(", is:")}`);
    return ok({ kind: "is", state });
  }
  const field = fields.find((known) => known === prefix);
  if (field !== undefined) return ok({ kind: "field", field, value: value.toLowerCase() });
  return ok({ kind: "text", text: part.toLowerCase() });
}

/** A number, "2k", or a share written as "1%"; undefined for anything else. */
function parseLimit(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(k|m|%)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const unit = match[2]?.toLowerCase();
  return Number(match[1]) * (unit === "k" ? 1e3 : unit === "m" ? 1e6 : unit === "%" ? 0.01 : 1);
}

/** Whether a node meets every term. An empty query is met by all. */
export function matchesNode(
  query: Query,
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
  node: NodeIndex,
): boolean {
  return query.every(
    ({ isNegated, tests }) => tests.some((test) => meets(test, snapshot, volumes, node)) !== isNegated,
  );
}

function meets(test: QueryTest, snapshot: TrafficSnapshot, volumes: NodeVolumes, node: NodeIndex): boolean {
  switch (test.kind) {
    case "text":
      return textOf(snapshot, node).some((text) => text.toLowerCase().includes(test.text));
    case "field":
      return fieldOf(snapshot, node, test.field)?.toLowerCase().includes(test.value) ?? false;
    case "is":
      return hasState(snapshot, volumes, node, test.state);
    case "measure": {
      const value = measureOf(snapshot, volumes, node, test.measure);
      return test.isAbove ? value > test.limit : value < test.limit;
    }
  }
}

function textOf({ topology }: TrafficSnapshot, node: NodeIndex): readonly string[] {
  const { name = "", displayName = "", metadata } = topology.nodes[node] ?? {};
  const owner = metadata?.["owner"];
  const children = (topology.children[node] ?? []).map((child) => topology.nodes[child]?.name ?? "");
  return [name, displayName, typeof owner === "string" ? owner : "", ...children];
}

function fieldOf(
  { topology }: TrafficSnapshot,
  node: NodeIndex,
  field: "type" | "owner" | "class",
): string | undefined {
  const owner = topology.nodes[node]?.metadata?.["owner"];
  if (field === "owner") return typeof owner === "string" ? owner : undefined;
  return topology.nodes[node]?.[field];
}

/** Whether the traffic through a node, what its source declares, or a notice of some weight says that something is wrong. */
export function hasProblem(snapshot: TrafficSnapshot, volumes: NodeVolumes, node: NodeIndex): boolean {
  return hasState(snapshot, volumes, node, "problem");
}

function hasState(
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
  node: NodeIndex,
  state: QueryState,
): boolean {
  const { topology, notices } = snapshot;
  const health = healthOf(severityRates(volumes.through, node, topology.classes));
  switch (state) {
    case "failing":
    case "degraded":
    case "silent":
      return health === state;
    case "noticed":
      return notices.some(({ target }) => target.kind === "node" && target.node === node);
    case "problem": {
      const declared = topology.classes.find(({ name }) => name === topology.nodes[node]?.class);
      const isDeclared = declared !== undefined && declared.severity !== "normal";
      const isNoticed = notices.some(
        ({ target, severity }) =>
          severity > 0 && target.kind === "node" && isWithin(snapshot, target.node, node),
      );
      return health === "failing" || health === "degraded" || isDeclared || isNoticed;
    }
  }
}

function isWithin({ topology }: TrafficSnapshot, node: NodeIndex, ancestor: NodeIndex): boolean {
  for (let at = node; at >= 0; at = topology.nodes[at]?.parent ?? -1) if (at === ancestor) return true;
  return false;
}

function measureOf(
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
  node: NodeIndex,
  measure: Measure,
): number {
  const { topology, latencyMs } = snapshot;
  const rates = severityRates(volumes.through, node, topology.classes);
  switch (measure) {
    case "rate":
      return rowTotal(volumes.through, node, topology.classes.length);
    case "errors":
      return errorShare(rates);
    case "warnings":
      return rates.total > 0 ? rates.warning / rates.total : 0;
    case "latency": {
      let most = NaN;
      for (const edge of topology.incoming[node] ?? []) {
        const p95 = latencyMs.p95[edge]!;
        if (p95 > 0 && !(most > p95)) most = p95;
      }
      return most;
    }
  }
}
