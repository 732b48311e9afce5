import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { limits } from "#domain/limits.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { Notice, NoticeTarget } from "#domain/notice.ts";
import type { EdgeIndex, NodeIndex, TrafficEdge, TrafficNode } from "#domain/topology.ts";

import { ClassTable } from "./class-table.ts";
import { DiagnosticLog } from "./diagnostic-log.ts";
import { ExtraKeeper } from "./extra-keys.ts";
import { tooLarge, type VizceralFailure } from "./failure.ts";
import { at, placeText, quoted, type Place } from "./place.ts";
import type { Scalar } from "./read-scalar.ts";

/** Requests per second by the class's position; a hole is 0. */
export type ClassRates = number[];

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A node or edge whose declared class is looked up when all classes are known. */
export interface DeclaredClass {
  readonly target: NoticeTarget;
  readonly name: string;
  readonly place: Place;
  readonly about: () => ItemRef;
}

/** One node or connection of the input while its keys are read. */
export interface RawItem {
  readonly raw: Record<string, unknown>;
  readonly place: Place | undefined;
  readonly about: () => ItemRef;
  /** Known keys whose values could not be used. */
  readonly unread: string[];
}

/** What has been read so far of one file. Lists of the same name's start run in parallel: nodes and nodeRates, edges and edgeRates. */
export class ReadingContext {
  readonly log: DiagnosticLog;
  readonly extras: ExtraKeeper;
  readonly classes = new ClassTable();

  readonly nodes: TrafficNode[] = [];
  readonly nodePlaces: (Place | undefined)[] = [];
  readonly nodeRates: (ClassRates | undefined)[] = [];
  /** NaN where not known; these four follow the nodes. */
  readonly maxVolume: number[] = [];
  readonly capacity: number[] = [];
  readonly instances: number[] = [];
  readonly observedAt: Millis[] = [];

  readonly edges: TrafficEdge[] = [];
  readonly edgeRates: ClassRates[] = [];
  readonly latency: (Latency | undefined)[] = [];

  readonly notices: Notice[] = [];
  readonly declared: DeclaredClass[] = [];

  #failure: VizceralFailure | undefined;
  #countedNodes = 1;
  #countedEdges = 0;

  constructor(diagnosticLimit: number) {
    this.log = new DiagnosticLog(diagnosticLimit);
    this.extras = new ExtraKeeper(this.log);
  }

  /** Once set, all readers stop as soon as they can. */
  get failure(): VizceralFailure | undefined {
    return this.#failure;
  }

  fail(failure: VizceralFailure): void {
    this.#failure ??= failure;
  }

  /** Counts what is about to be read; false when it is too much. Left-out items count, because they cost time too. */
  countNodes(more: number, place: Place | undefined): boolean {
    this.#countedNodes += more;
    if (this.#countedNodes > limits.nodes) {
      this.fail(tooLarge("nodes", limits.nodes, this.#countedNodes, place));
    }
    return this.#failure === undefined;
  }

  countEdges(more: number, place: Place | undefined): boolean {
    this.#countedEdges += more;
    if (this.#countedEdges > limits.edges) {
      this.fail(tooLarge("edges", limits.edges, this.#countedEdges, place));
    }
    return this.#failure === undefined;
  }

  amendNode(index: NodeIndex, said: Partial<TrafficNode>): void {
    const node = this.nodes[index];
    if (node !== undefined) this.nodes[index] = { ...node, ...said };
  }

  amendEdge(index: EdgeIndex, said: Partial<TrafficEdge>): void {
    const edge = this.edges[index];
    if (edge !== undefined) this.edges[index] = { ...edge, ...said };
  }

  report(
    kind: Diagnostic["kind"],
    place: Place | undefined,
    found: () => string,
    done: string,
    about?: () => ItemRef,
  ): void {
    this.log.add(() => ({
      kind,
      place: placeText(place),
      found: found(),
      done,
      ...(about === undefined ? {} : { about: about() }),
    }));
  }

  /** The node by name, for diagnostics. */
  refOf(node: NodeIndex): ItemRef {
    const names: string[] = [];
    let here = this.nodes[node];
    while (here !== undefined && here.parent !== -1) {
      names.push(here.name);
      here = this.nodes[here.parent];
    }
    return { kind: "node", path: names.toReversed() };
  }

  /**
   * Reads a key that may be absent. A value that cannot be used is told, and its key added to the item's `unread`, so that it is kept with
   * the keys that Spillway does not know.
   */
  optional<T>(
    item: RawItem,
    key: string,
    read: (value: unknown) => Scalar<T> | undefined,
    expected: string,
  ): T | undefined {
    const value = item.raw[key];
    if (value === undefined || value === null) return undefined;
    const scalar = read(value);
    if (scalar === undefined) {
      item.unread.push(key);
      const found = () => `${key} is ${quoted(value)}, not ${expected}`;
      this.report("mended", at(item.place, key), found, "kept it without using it", item.about);
    } else if (scalar.mended !== undefined) {
      this.report(
        "mended",
        at(item.place, key),
        () => `${key} is ${quoted(value)}`,
        scalar.mended,
        item.about,
      );
    }
    return scalar?.value;
  }
}
