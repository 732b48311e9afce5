import { must } from "#base/assert.ts";
import { atOnce, type Slices } from "#base/slices.ts";
import type { Millis } from "#base/time.ts";

import type { Diagnostic } from "../diagnostic.ts";
import { limits } from "../limits.ts";
import { createSnapshot, type TrafficSnapshot } from "../snapshot.ts";
import type { Topology } from "../topology.ts";
import { standardClasses, type TrafficClass } from "../traffic-class.ts";
import { chooseEdges, totalRate, type ChosenEdge, type Heard } from "./choose-edges.ts";
import { drawEdges } from "./draw-edges.ts";
import { GraphDraft } from "./graph-draft.ts";
import type { Observation, ObservedCapacity } from "./observation.ts";
import { overlaySnapshot } from "./overlay-snapshot.ts";
import { placeCapacities, placePeaks, type RecordedPeaks } from "./place-capacities.ts";
import { placeNotices } from "./place-notices.ts";

/** What one source said last: loose edges, or a whole graph. */
export type SourceReport =
  | { readonly kind: "observation"; readonly observation: Observation }
  | {
      readonly kind: "snapshot";
      readonly snapshot: TrafficSnapshot;
      readonly problems: readonly Diagnostic[];
    };

export interface MergeInput {
  readonly source: string;
  readonly report: SourceReport;
  readonly isStale: boolean;
}

export interface MergeOptions {
  readonly at: Millis;
  /** Name of the whole. */
  readonly title: string;
  /** The topology of the merge before: it is kept as an object while nothing differs. */
  readonly before: Topology | undefined;
  /** What is known of capacities beside what the sources say; they come first. */
  readonly capacities?: readonly ObservedCapacity[];
  /** What was borne of late, for nodes of which nothing says what they can bear. */
  readonly peaks?: RecordedPeaks;
}

export interface Merged {
  readonly snapshot: TrafficSnapshot;
  readonly problems: readonly Diagnostic[];
}

/**
 * One graph from what several sources said, in the order in which they are believed. A single source that gives a whole graph is shown as it is.
 * Whatever is not shown as a source said it is told in the problems.
 */
export function mergeReports(inputs: readonly MergeInput[], options: MergeOptions): Merged {
  return atOnce(mergeInSlices(inputs, options));
}

/** The same, with turns for others: with thousands of edges it takes longer than they should wait. */
export function* mergeInSlices(inputs: readonly MergeInput[], options: MergeOptions): Slices<Merged> {
  const { at, title, before, capacities = [], peaks } = options;
  const [only, ...others] = inputs;
  if (only?.report.kind === "snapshot" && others.length === 0 && capacities.length === 0) {
    const { snapshot, problems } = only.report;
    return { snapshot: only.isStale ? asOld(snapshot, at) : createSnapshot({ ...snapshot, at }), problems };
  }
  const problems: Diagnostic[] = [];
  const heard = inputs.flatMap(({ source, report, isStale }): Heard[] =>
    report.kind === "observation" ? [{ source, observation: report.observation, isStale }] : [],
  );
  const chosen = yield* chooseEdges(heard);
  const classes = classesOf(inputs);
  const draft = new GraphDraft(classes, rootOf(inputs, title));
  yield* drawEdges(draft, withinLimits(chosen.edges, problems));
  yield;
  // Ranks as in chooseEdges: by order, all that are fresh before all that are stale.
  const order = [...inputs.filter(({ isStale }) => !isStale), ...inputs.filter(({ isStale }) => isStale)];
  for (const [rank, { source, report }] of order.entries()) {
    if (report.kind !== "snapshot") continue;
    const givenWay = overlaySnapshot(draft, classes, { source, snapshot: report.snapshot, rank });
    if (givenWay > 0) problems.push(gaveWay(source, givenWay));
    problems.push(...report.problems);
  }
  problems.push(...placeCapacities(draft, capacities).map(ofNothing));
  for (const { source, observation } of heard) {
    placeCapacities(draft, observation.capacities);
    problems.push(...placeNotices(draft, source, observation.notices), ...observation.problems);
  }
  if (peaks !== undefined) placePeaks(draft, peaks);
  const windowMs = Math.max(
    1,
    ...inputs.map(({ report }) =>
      report.kind === "snapshot" ? report.snapshot.windowMs : report.observation.windowMs,
    ),
  );
  yield;
  const snapshot = yield* draft.finish(at, windowMs, before);
  return { snapshot, problems: [...problems, ...chosen.problems] };
}

/** A graph that was true a while ago: its nodes were heard of then, where they do not say when. */
function asOld(snapshot: TrafficSnapshot, at: Millis): TrafficSnapshot {
  const old = createSnapshot({ ...snapshot, at, values: snapshot.values.slice() });
  old.observedAt.forEach((time, node) => {
    if (Number.isNaN(time)) old.observedAt[node] = snapshot.at;
  });
  return old;
}

function rootOf(inputs: readonly MergeInput[], title: string) {
  const first = inputs.find(({ report }) => report.kind === "snapshot")?.report;
  if (first?.kind !== "snapshot") return { name: title, view: "ring" as const };
  const { parent: _, ...root } = must(first.snapshot.topology.nodes[0]);
  return root;
}

/** The usual classes first, in their order, which is that of observed rates; then those that only graphs bring. */
function classesOf(inputs: readonly MergeInput[]): readonly TrafficClass[] {
  const classes = new Map(standardClasses.map((known) => [known.name, known]));
  const own = new Map<string, TrafficClass>();
  for (const { report } of inputs) {
    if (report.kind !== "snapshot") continue;
    for (const known of report.snapshot.topology.classes) {
      if (!own.has(known.name)) own.set(known.name, known);
    }
  }
  for (const [name, known] of own) classes.set(name, known);
  return [...classes.values()].slice(0, limits.classes);
}

/** The busiest edges, where there are more than can be shown; how many are left out is told. */
function withinLimits(edges: readonly ChosenEdge[], problems: Diagnostic[]): readonly ChosenEdge[] {
  // An edge between two regions stands in three places, and each service is one node at least.
  const greatest = Math.min(limits.edges / 3, limits.nodes);
  const drawn = edges.filter(({ from, to }) => from.kind === "service" || to.kind === "service");
  if (drawn.length < edges.length) problems.push(fromNowhere(edges.length - drawn.length));
  if (drawn.length <= greatest) return drawn;
  problems.push(tooMany(drawn.length, greatest));
  return drawn.toSorted((a, b) => totalRate(b.rates) - totalRate(a.rates)).slice(0, greatest);
}

function fromNowhere(count: number): Diagnostic {
  return {
    kind: "dropped",
    place: "edges",
    found: `${count} ${count === 1 ? "edge leads" : "edges lead"} from outside to outside`,
    done: "left out: they touch no service",
  };
}

function tooMany(count: number, greatest: number): Diagnostic {
  return {
    kind: "dropped",
    place: "edges",
    found: `There are ${count.toLocaleString("en-US")} edges, more than the ${greatest.toLocaleString("en-US")} that can be shown`,
    done: "showed the busiest; narrow the sources to see the others",
  };
}

function ofNothing({ about: { region, namespace, service }, from }: ObservedCapacity): Diagnostic {
  const names = [service, namespace, region].filter((part) => part !== undefined).join(" in ");
  return {
    kind: "note",
    place: "capacity",
    found: `the capacity (${from}) of ${names === "" ? "nothing that it names" : names}, which is not in the picture`,
    done: "used it for nothing",
  };
}

function gaveWay(source: string, count: number): Diagnostic {
  return {
    kind: "note",
    place: source,
    found: `${count} ${count === 1 ? "edge is" : "edges are"} also seen by a source that comes first`,
    done: "showed that source's numbers; adding them up would count requests twice",
  };
}
