import { isJsonObject } from "#base/json.ts";
import { endKey, type ObservedEnd } from "#domain/observed/observation.ts";
import { regionOf } from "#domain/observed/region-rule.ts";

import type { ObservationReading } from "../observed/observation-reading.ts";
import { at, quoted, type Place } from "../vizceral/place.ts";

export interface KialiNode {
  readonly end: ObservedEnd;
  /** Equal for nodes that are drawn as one. */
  readonly key: string;
  /** A node that stands for a Kubernetes service, in front of the workloads that do the work. */
  readonly isService: boolean;
  readonly place: Place;
}

/** The label by which Kubernetes tells a region. */
const regionLabel = "topology.kubernetes.io/region";

/** The nodes by their ids. Boxes, which are drawn around others, are none. */
export function readKialiNodes(
  reading: ObservationReading,
  list: readonly unknown[],
  place: Place,
): ReadonlyMap<string, KialiNode> {
  const nodes = new Map<string, KialiNode>();
  for (const [index, item] of list.entries()) {
    const here = at(place, index);
    const data: unknown = isJsonObject(item) ? item["data"] : undefined;
    const id = isJsonObject(data) ? data["id"] : undefined;
    if (!isJsonObject(data) || typeof id !== "string") {
      reading.report("dropped", here, () => `${quoted(data)} is no node with an id`, "left it out");
      continue;
    }
    if (data["nodeType"] === "box") continue;
    const end = endOf(reading, data, here);
    if (end === undefined) continue;
    nodes.set(id, { end, key: endKey(end), isService: data["nodeType"] === "service", place: here });
  }
  return nodes;
}

function endOf(
  reading: ObservationReading,
  data: Record<string, unknown>,
  place: Place,
): ObservedEnd | undefined {
  // Whoever calls without being known to the mesh.
  if (data["nodeType"] === "unknown") return { kind: "outside" };
  const labels = isJsonObject(data["labels"]) ? data["labels"] : {};
  const region = regionOf(
    { region: text(labels[regionLabel]), cluster: text(data["cluster"]) },
    reading.options.regions,
  );
  const name = reading.name(nameOf(data), place, "a node");
  if (name === undefined) return undefined;
  const namespace = text(data["namespace"]);
  const isExternal =
    (data["isServiceEntry"] !== undefined && data["isServiceEntry"] !== false) ||
    name === "PassthroughCluster" ||
    name === "BlackHoleCluster";
  return {
    kind: "service",
    region,
    ...(namespace === undefined || namespace === "" || namespace === "unknown" ? {} : { namespace }),
    name,
    ...(isExternal ? { type: "external" } : {}),
  };
}

function nameOf(data: Record<string, unknown>): unknown {
  switch (data["nodeType"]) {
    case "app":
      return data["app"] ?? data["workload"];
    case "workload":
      return data["workload"] ?? data["app"];
    case "service":
      return data["service"];
    case "aggregate":
      return data["aggregateValue"];
    default:
      return data["app"] ?? data["workload"] ?? data["service"];
  }
}

function text(raw: unknown): string | undefined {
  return typeof raw === "string" ? raw : undefined;
}
