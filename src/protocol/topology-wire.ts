import { limits } from "#domain/limits.ts";
import type { Notice, NoticeTarget } from "#domain/notice.ts";
import type { NodeView, Provenance, TrafficEdge, TrafficNode } from "#domain/topology.ts";
import type { ClassSeverity, TrafficClass } from "#domain/traffic-class.ts";

import { finite, flag, jsonObject, listOf, oneOf, optional, record, refuse, text, whole } from "./guard.ts";

/*
 * Nodes, edges, classes and notices are written as they are in the program: plain objects, unknown fields left out. These functions read
 * them back from outside; they copy what they know, bound it, and throw a GuardError that names the field.
 */

const severities: readonly ClassSeverity[] = ["normal", "warning", "danger"];
const views: readonly NodeView[] = ["ring", "flow", "neighbourhood"];

export function readNode(from: Record<string, unknown>): TrafficNode {
  return known<TrafficNode>({
    name: text(from["name"], "name"),
    parent: whole(from["parent"], -1, limits.nodes, "parent"),
    displayName: optional(from["displayName"], "displayName", text),
    isEntry: optional(from["isEntry"], "isEntry", flag),
    view: optional(from["view"], "view", (raw, place) => oneOf(raw, views, place)),
    type: optional(from["type"], "type", text),
    class: optional(from["class"], "class", text),
    metadata: optional(from["metadata"], "metadata", jsonObject),
    extra: optional(from["extra"], "extra", jsonObject),
  });
}

export function readEdge(from: Record<string, unknown>): TrafficEdge {
  return known<TrafficEdge>({
    source: whole(from["source"], 0, limits.nodes, "source"),
    target: whole(from["target"], 0, limits.nodes, "target"),
    class: optional(from["class"], "class", text),
    metadata: optional(from["metadata"], "metadata", jsonObject),
    provenance: optional(from["provenance"], "provenance", readProvenance),
    extra: optional(from["extra"], "extra", jsonObject),
  });
}

export function readClasses(raw: unknown, place: string): readonly TrafficClass[] {
  return listOf(raw, limits.classes, place, (from) =>
    known<TrafficClass>({
      name: text(from["name"], "name"),
      severity: oneOf(from["severity"], severities, "severity"),
      color: optional(from["color"], "color", text),
    }),
  );
}

export function readNotices(raw: unknown, place: string): readonly Notice[] {
  return listOf(raw, limits.notices, place, (from) => {
    const severity = whole(from["severity"], 0, 2, "severity");
    return known<Notice>({
      target: readTarget(from["target"], "target"),
      title: text(from["title"], "title"),
      subtitle: optional(from["subtitle"], "subtitle", text),
      link: optional(from["link"], "link", readLink),
      severity: severity === 0 ? 0 : severity === 1 ? 1 : 2,
    });
  });
}

function readTarget(raw: unknown, place: string): NoticeTarget {
  const from = record(raw, place);
  return oneOf(from["kind"], ["node", "edge"], `${place}.kind`) === "node"
    ? { kind: "node", node: whole(from["node"], 0, limits.nodes, `${place}.node`) }
    : { kind: "edge", edge: whole(from["edge"], 0, limits.edges, `${place}.edge`) };
}

function readLink(raw: unknown, place: string): string {
  const link = text(raw, place);
  return /^https?:\/\//i.test(link) ? link : refuse(place, "an http or https address");
}

function readProvenance(raw: unknown, place: string): Provenance {
  const from = record(raw, place);
  return known<Provenance>({
    source: text(from["source"], `${place}.source`),
    windowMs: optional(from["windowMs"], `${place}.windowMs`, finite),
    sampling: optional(from["sampling"], `${place}.sampling`, finite),
  });
}

/** The same object without the fields that are undefined. Fields are added, never deleted: engines keep such objects fast. */
function known<T extends object>(fields: { readonly [K in keyof Required<T>]: T[K] | undefined }): T {
  const object: Partial<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) object[key] = value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- required fields are never undefined: the guards see to it
  return object as T;
}
