import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import type { NodeIndex } from "#domain/topology.ts";

import { childList, childName, isNameBearable } from "./child-list.ts";
import { tooLarge } from "./failure.ts";
import { readDetails, readNumbers, type NodeInput } from "./node-details.ts";
import { at, quoted, type Place } from "./place.ts";
import { readConnections, type Siblings } from "./read-connections.ts";
import { readNotices } from "./read-notices.ts";
import { readRates } from "./read-rates.ts";
import { readName } from "./read-scalar.ts";
import type { ReadingContext } from "./reading-context.ts";

/** Reads a graph and everything in it. Recursion ends at limits.depth, whatever the input. */
export function readRoot(
  context: ReadingContext,
  raw: Record<string, unknown>,
  place: Place | undefined,
): void {
  const name = readName(raw["name"]);
  if (name === undefined) {
    context.report("mended", at(place, "name"), () => "the graph has no name", 'called it "global"');
  }
  const root = { raw, place, name: name?.value ?? "global", parent: -1, level: 1 };
  if (isNameBearable(context, root.name, place)) readNode(context, root);
}

function readNode(context: ReadingContext, input: NodeInput): void {
  const { raw, place } = input;
  const index = context.nodes.length;
  const about = () => context.refOf(index);
  context.nodePlaces.push(place);
  context.nodes.push({ name: input.name, parent: input.parent });
  const item = { raw, place, about, unread: [] };
  readNumbers(context, item);
  context.nodeRates.push(readRates(context, raw["metrics"], at(place, "metrics"), about));
  context.nodes[index] = readDetails(context, input, item, index);
  readNotices(context, raw["notices"], { kind: "node", node: index }, at(place, "notices"), about);
  const byName = readChildren(context, input, index);
  markEntry(context, input, index, byName);
  readConnections(context, raw["connections"], { parent: index, byName }, at(place, "connections"));
}

/** Reads the nodes inside a node, and says which were read. */
function readChildren(context: ReadingContext, input: NodeInput, parent: NodeIndex): Siblings["byName"] {
  const byName = new Map<string, NodeIndex>();
  const list = childList(context, input.raw, input.place);
  if (list === undefined || list.items.length === 0) return byName;
  if (input.level >= limits.depth) {
    context.fail(tooLarge("depth", limits.depth, input.level + 1, list.place));
  }
  if (!context.countNodes(list.items.length, list.place)) return byName;
  for (const [position, raw] of list.items.entries()) {
    const step = list.names?.[position] ?? position;
    const place = at(list.place, step);
    const name = childName(context, raw, list.names?.[position], byName, place);
    if (name === undefined || !isJsonObject(raw)) continue;
    byName.set(name, context.nodes.length);
    readNode(context, { raw, place, name, parent, level: input.level + 1 });
    if (context.failure !== undefined) return byName;
  }
  return byName;
}

/** Where traffic enters: the node that the graph names, else the one called INTERNET; else the domain sees by the edges. */
function markEntry(
  context: ReadingContext,
  input: NodeInput,
  graph: NodeIndex,
  byName: Siblings["byName"],
): void {
  const named = input.raw["entryNode"];
  const name = readName(named)?.value;
  const entry = name === undefined ? undefined : byName.get(name);
  if (entry === undefined && named !== undefined && named !== null) {
    context.report(
      "mended",
      at(input.place, "entryNode"),
      () => `entryNode ${quoted(named)} is not among the nodes`,
      "looked for the entry as if it were not there",
      () => context.refOf(graph),
    );
    if (name !== undefined && name.length <= limits.nameLength) {
      context.amendNode(graph, { extra: { ...context.nodes[graph]?.extra, entryNode: name } });
    }
  }
  const index = entry ?? byName.get(internet) ?? namedLike(byName, internet);
  if (index !== undefined) context.amendNode(index, { isEntry: true });
}

const internet = "INTERNET";

function namedLike(byName: Siblings["byName"], name: string): NodeIndex | undefined {
  for (const [candidate, index] of byName) if (candidate.toUpperCase() === name) return index;
  return undefined;
}
