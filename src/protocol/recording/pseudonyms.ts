import type { DrillInfo } from "#domain/drill-info.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { Notice } from "#domain/notice.ts";
import { createTopology, type Topology, type TrafficEdge, type TrafficNode } from "#domain/topology.ts";

import type { Bookmark } from "./bookmark.ts";
import type { ClipHeader } from "./clip-format.ts";

/** Types that say what kind of thing a node is, and nothing of whose it is. Any other type is left out. */
const harmlessTypes = new Set(["users", "user", "service", "storage", "pipe", "internet", "azure", "aws"]);

const severityWords = ["Information", "Warning", "Error"] as const;

/**
 * Replaces the names of nodes, and leaves out whatever else a source says in its own words: metadata, texts of notices, links, unknown keys,
 * provenance. What remains are numbers, classes and the shape. The same name of the same kind has the same pseudonym in all frames and all
 * regions, so that a drill still finds a service's other halves.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #before: { readonly real: Topology; readonly named: Topology } | undefined;

  snapshot(real: TrafficSnapshot): TrafficSnapshot {
    const { at, windowMs, values, topology, notices, simulated } = real;
    if (this.#before?.real !== topology) this.#before = { real: topology, named: this.#topology(topology) };
    return createSnapshot({
      at,
      windowMs,
      values,
      topology: this.#before.named,
      notices: notices.map(plainNotice),
      ...(simulated === undefined ? {} : { simulated: this.#drill(simulated) }),
    });
  }

  header(real: ClipHeader): ClipHeader {
    return { ...real, feed: "feed", title: "Feed with pseudonyms", names: "pseudonyms" };
  }

  /** Notes may name anything. */
  bookmarks(real: readonly Bookmark[]): readonly Bookmark[] {
    return real.map((bookmark, i) => ({ ...bookmark, note: `Bookmark ${i + 1}` }));
  }

  #topology({ revision, classes, nodes, edges }: Topology): Topology {
    const depths: number[] = [];
    const named = nodes.map((node, i): TrafficNode => {
      depths.push(i === 0 ? 0 : (depths[node.parent] ?? 0) + 1);
      return this.#node(node, depths[i] ?? 0);
    });
    return createTopology({ revision, classes, nodes: named, edges: edges.map(plainEdge) });
  }

  #node({ name, parent, isEntry, view, type, class: declared }: TrafficNode, depth: number): TrafficNode {
    const isHarmless = type !== undefined && harmlessTypes.has(type.toLowerCase());
    return {
      name: depth === 0 ? "everything" : this.#name(kindOf(depth, isEntry === true), name),
      parent,
      ...(isEntry === undefined ? {} : { isEntry }),
      ...(view === undefined ? {} : { view }),
      ...(isHarmless ? { type } : {}),
      ...(declared === undefined ? {} : { class: declared }),
    };
  }

  #name(kind: string, name: string): string {
    const key = `${kind} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const pseudonym = `${kind}-${number}`;
    this.#known.set(key, pseudonym);
    return pseudonym;
  }

  /** Regions are what drills name. */
  #drill({ stage, elapsedMs, victim, saviours, drill }: DrillInfo): DrillInfo {
    return {
      drill,
      victim: this.#name("region", victim),
      saviours: saviours.map((name) => this.#name("region", name)),
      stage,
      elapsedMs,
    };
  }
}

function kindOf(depth: number, isEntry: boolean): string {
  if (isEntry) return "entry";
  return depth === 1 ? "region" : depth === 2 ? "service" : "instance";
}

function plainEdge({ source, target, class: declared }: TrafficEdge): TrafficEdge {
  return { source, target, ...(declared === undefined ? {} : { class: declared }) };
}

function plainNotice({ target, severity }: Notice): Notice {
  return { target, title: severityWords[severity], severity };
}
