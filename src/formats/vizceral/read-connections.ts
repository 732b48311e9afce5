import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { NodeIndex, TrafficEdge } from "#domain/topology.ts";

import { readDeclaredClass, readMetadata } from "./item-details.ts";
import { at, quoted, type Place } from "./place.ts";
import { readLatency } from "./read-latency.ts";
import { readNotices } from "./read-notices.ts";
import { readRates } from "./read-rates.ts";
import { greatestNumber, readName } from "./read-scalar.ts";
import type { ClassRates, RawItem, ReadingContext } from "./reading-context.ts";

/** The children of one node while its connections are read. */
export interface Siblings {
  readonly parent: NodeIndex;
  readonly byName: ReadonlyMap<string, NodeIndex>;
}

/** What is known of the connections between one pair. */
interface Link {
  readonly edge: number;
  /** The rates of each connection that went into it: an equal one is a copy. */
  readonly parts: Set<string>;
}

type Ends = { readonly source: NodeIndex; readonly target: NodeIndex };

const connectionKeys: ReadonlySet<string> = new Set([
  "source",
  "target",
  "metrics",
  "class",
  "notices",
  "metadata",
  "latencyMs",
]);

/** Reads `connections` into edges between the siblings. */
export function readConnections(
  context: ReadingContext,
  raw: unknown,
  siblings: Siblings,
  place: Place,
): void {
  if (raw === undefined || raw === null) return;
  if (!Array.isArray(raw)) {
    context.report("dropped", place, () => `connections is ${quoted(raw)}, not a list`, "left it out");
    return;
  }
  if (!context.countEdges(raw.length, place)) return;
  const links = new Map<number, Link>();
  for (const [index, item] of raw.entries()) {
    const here = at(place, index);
    if (isJsonObject(item)) readConnection(context, item, siblings, links, here);
    else
      context.report("dropped", here, () => `a connection is ${quoted(item)}, not an object`, "left it out");
  }
}

function readConnection(
  context: ReadingContext,
  raw: Record<string, unknown>,
  siblings: Siblings,
  links: Map<number, Link>,
  place: Place,
): void {
  const source = readEnd(context, raw, "source", siblings, place);
  const target = source === undefined ? undefined : readEnd(context, raw, "target", siblings, place);
  if (source === undefined || target === undefined) {
    dropDangling(context, raw, siblings, place);
    return;
  }
  const about = () => refBetween(context, siblings.parent, source, target);
  const rates = readRates(context, raw["metrics"], at(place, "metrics"), about) ?? [];
  const pair = source * limits.nodes + target;
  const link = links.get(pair);
  if (link !== undefined) {
    mergeInto(context, link, raw, rates, place, about);
    return;
  }
  const edge = context.edges.length;
  links.set(pair, { edge, parts: new Set([rates.join()]) });
  context.edges.push({ source, target });
  context.edgeRates.push(rates);
  context.latency.push(undefined);
  context.edges[edge] = readDetails(context, { raw, place, about, unread: [] }, { source, target }, edge);
  readNotices(context, raw["notices"], { kind: "edge", edge }, at(place, "notices"), about);
}

function readDetails(context: ReadingContext, item: RawItem, ends: Ends, edge: number): TrafficEdge {
  readDeclaredClass(context, item, { kind: "edge", edge });
  const percentiles = "an object of p50, p95 and p99 in milliseconds";
  context.latency[edge] = context.optional(item, "latencyMs", readLatency, percentiles);
  const metadata = readMetadata(context, item);
  const extra = context.extras.keep(item.raw, item.place, connectionKeys, item.unread);
  return {
    ...ends,
    ...(metadata === undefined ? {} : { metadata }),
    ...(extra === undefined ? {} : { extra }),
  };
}

/** promviz writes one connection per query, so that parts of one link's traffic come apart: they add up. An exact copy says nothing new. */
function mergeInto(
  context: ReadingContext,
  link: Link,
  raw: Record<string, unknown>,
  rates: ClassRates,
  place: Place,
  about: () => ItemRef,
): void {
  const found = () => `a second connection from ${quoted(raw["source"])} to ${quoted(raw["target"])}`;
  const part = rates.join();
  if (link.parts.has(part)) {
    context.report("dropped", place, () => `${found()} with the same rates`, "left the copy out", about);
    return;
  }
  link.parts.add(part);
  const sum = context.edgeRates[link.edge] ?? [];
  for (let c = 0; c < rates.length; c += 1) {
    const rate = rates[c];
    if (rate !== undefined) sum[c] = Math.min((sum[c] ?? 0) + rate, greatestNumber);
  }
  readNotices(context, raw["notices"], { kind: "edge", edge: link.edge }, at(place, "notices"), about);
  context.report(
    "mended",
    place,
    found,
    "added its rates to the first; what else it says was left out",
    about,
  );
}

/** The node at one end, or undefined after saying why there is none. */
function readEnd(
  context: ReadingContext,
  raw: Record<string, unknown>,
  key: "source" | "target",
  siblings: Siblings,
  place: Place,
): NodeIndex | undefined {
  const name = readName(raw[key])?.value;
  const node = name === undefined ? undefined : siblings.byName.get(name);
  if (node !== undefined) return node;
  context.report(
    "dropped",
    at(place, key),
    () => {
      if (name === undefined) return `a connection without a ${key}`;
      const inside = context.nodes[siblings.parent];
      return `${key} ${quoted(name)} is not among the nodes of ${quoted(inside?.name)}`;
    },
    "left the connection out",
    () => context.refOf(siblings.parent),
  );
  return undefined;
}

/** What a connection that leads nowhere has to tell people is told at the end that exists. */
function dropDangling(
  context: ReadingContext,
  raw: Record<string, unknown>,
  siblings: Siblings,
  place: Place,
): void {
  const end = (key: string) => siblings.byName.get(readName(raw[key])?.value ?? "");
  const node = end("source") ?? end("target") ?? siblings.parent;
  const about = () => context.refOf(node);
  const notices = at(place, "notices");
  if (readNotices(context, raw["notices"], { kind: "node", node }, notices, about) === 0) return;
  context.report(
    "mended",
    notices,
    () => "notices of a connection that was left out",
    "moved them to the node at its other end, or to the one around it",
    about,
  );
}

function refBetween(
  context: ReadingContext,
  parent: NodeIndex,
  source: NodeIndex,
  target: NodeIndex,
): ItemRef {
  const around = context.refOf(parent);
  return {
    kind: "edge",
    parent: around.kind === "node" ? around.path : [],
    source: context.nodes[source]?.name ?? "",
    target: context.nodes[target]?.name ?? "",
  };
}
