import type { NodeIndex, NodeView, TrafficNode } from "#domain/topology.ts";

import { readDeclaredClass, readMetadata } from "./item-details.ts";
import { at, placeText, quoted, type Place } from "./place.ts";
import { readNumber, readText, readTime, type Scalar } from "./read-scalar.ts";
import type { RawItem, ReadingContext } from "./reading-context.ts";
import { rendererFor, viewForLayout, viewForRenderer } from "./renderers.ts";

const nodeKeys: ReadonlySet<string> = new Set(
  (
    "name displayName renderer class node_type metadata notices metrics maxVolume capacity instances updated " +
    "entryNode nodes connections clusters"
  ).split(" "),
);

/** What the root says about the whole file; the reader of the file reads it. */
const rootKeys: ReadonlySet<string> = new Set([...nodeKeys, "serverUpdateTime", "windowMs", "classes"]);

/** One node to be read, with all that its surroundings have decided. */
export interface NodeInput {
  readonly raw: Record<string, unknown>;
  readonly place: Place | undefined;
  readonly name: string;
  readonly parent: NodeIndex;
  /** The root is on level 1. */
  readonly level: number;
}

/** Reads maxVolume, capacity, instances and updated into their columns. */
export function readNumbers(context: ReadingContext, item: RawItem): void {
  const rate = "a rate above 0";
  context.maxVolume.push(context.optional(item, "maxVolume", above0, rate) ?? NaN);
  context.capacity.push(context.optional(item, "capacity", above0, rate) ?? NaN);
  context.instances.push(context.optional(item, "instances", from0, "a number from 0") ?? NaN);
  context.observedAt.push(
    context.optional(item, "updated", readTimeFrom(context, item.place), "a moment") ?? NaN,
  );
}

function above0(value: unknown): Scalar<number> | undefined {
  const number = readNumber(value);
  return number !== undefined && number.value > 0 ? number : undefined;
}

function from0(value: unknown): Scalar<number> | undefined {
  const number = readNumber(value);
  return number !== undefined && number.value >= 0 ? number : undefined;
}

function readTimeFrom(context: ReadingContext, place: Place | undefined): typeof readTime {
  return (value) => {
    const time = readTime(value);
    if (time !== undefined && time.unit !== "milliseconds") {
      context.log.addOnce(`time ${time.unit}`, () => ({
        kind: "note",
        place: placeText(place),
        found: `times such as ${quoted(value)} are in ${time.unit}`,
        done: "read them as such, here and wherever else",
      }));
    }
    return time;
  };
}

/** Reads what a node says of itself but for its numbers, notices and children. */
export function readDetails(
  context: ReadingContext,
  { name, parent }: NodeInput,
  item: RawItem,
  index: NodeIndex,
): TrafficNode {
  const aText = "a text with something in it";
  const displayName = context.optional(item, "displayName", readText, aText);
  const type = context.optional(item, "node_type", readText, aText);
  const view = readView(context, item);
  readDeclaredClass(context, item, { kind: "node", node: index });
  const metadata = readMetadata(context, item);
  const extra = context.extras.keep(item.raw, item.place, parent === -1 ? rootKeys : nodeKeys, item.unread);
  return {
    name,
    parent,
    ...(displayName === undefined ? {} : { displayName }),
    ...(view === undefined ? {} : { view }),
    ...(type === undefined ? {} : { type }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(extra === undefined ? {} : { extra }),
  };
}

/** The renderer is kept as it was written where the view alone would not lead back to it. */
function readView(context: ReadingContext, { raw, place, unread }: RawItem): NodeView | undefined {
  const renderer = raw["renderer"];
  const layout = raw["layout"];
  const byRenderer = viewForRenderer(renderer);
  const byLayout = viewForLayout(layout);
  if (renderer !== undefined && renderer !== null) {
    if (byRenderer === undefined || rendererFor(byRenderer) !== renderer) unread.push("renderer");
    if (byRenderer === undefined) noteUnknown(context, "renderer", renderer, place);
  }
  if (layout !== undefined && layout !== null && byLayout === undefined) {
    noteUnknown(context, "layout", layout, place);
  }
  return byRenderer ?? byLayout;
}

function noteUnknown(context: ReadingContext, key: string, value: unknown, place: Place | undefined): void {
  context.log.addOnce(`${key} ${quoted(value)}`, () => ({
    kind: "note",
    place: placeText(at(place, key)),
    found: `the ${key} ${quoted(value)} is not known`,
    done: "drew the graph as its nodes and connections suggest, here and wherever else",
  }));
}
