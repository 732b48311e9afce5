import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes, rowTotal, type NodeVolumes } from "#domain/volume.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { drawTraffic } from "#formats/observed/parse-traffic.ts";
import type { TrafficFormat } from "#formats/observed/traffic-format.ts";

/** What `spillway check --json` prints for one file; names and numbers as they are, nothing made for terminals. */
export type CheckReport =
  | {
      readonly path: string;
      readonly canBeDrawn: true;
      readonly format: TrafficFormat;
      readonly summary: CheckSummary;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly path: string;
      readonly canBeDrawn: false;
      readonly failure: { readonly message: string; readonly excerpt?: string };
    };

export interface CheckSummary {
  /** Without the root, which is the file itself. */
  readonly nodes: number;
  readonly edges: number;
  readonly notices: number;
  /** Levels of nodes below one another, the root's included. */
  readonly levels: number;
  /** Milliseconds since 1970, where the file tells it. */
  readonly writtenAt?: number;
  readonly classes: readonly {
    readonly name: string;
    readonly severity: string;
    readonly color?: string;
    /** Requests per second that enter the whole. */
    readonly entering: number;
  }[];
  /** Every graph that can be entered and has edges, and the root: parents before children. */
  readonly graphs: readonly GraphSummary[];
}

export interface GraphSummary {
  readonly name: string;
  /** The root's is 0. */
  readonly level: number;
  readonly nodes: number;
  readonly edges: number;
  /** Requests per second that enter the graph; the rest are its own. */
  readonly entering: number;
  /** Share of what enters that fails, 0 to 1. */
  readonly failing: number;
  readonly busiestEdge: number;
  readonly maxVolume?: number;
}

/** Enough for a person to see the extent of any damage. */
const diagnosticLimit = 10_000;

/** A moment that no reader takes for one, so that it tells files without a time of their own. */
const noMoment = 0;

export function reportOn(path: string, text: string): CheckReport {
  const read = drawTraffic(text, path, {
    vizceral: { now: noMoment, diagnosticLimit },
    observation: { now: noMoment, regions: noRegionRule, statuses: {}, diagnosticLimit },
  });
  if (read.ok) {
    const { format, snapshot, diagnostics } = read.value;
    return { path, canBeDrawn: true, format, summary: summaryOf(snapshot), diagnostics };
  }
  const { error } = read;
  const excerpt = error.kind === "not-json" ? { excerpt: error.excerpt } : {};
  return { path, canBeDrawn: false, failure: { message: error.message, ...excerpt } };
}

export function summaryOf(snapshot: TrafficSnapshot): CheckSummary {
  const { topology } = snapshot;
  const volumes = nodeVolumes(snapshot);
  const levels = levelsOf(snapshot);
  return {
    nodes: topology.nodes.length - 1,
    edges: topology.edges.length,
    notices: snapshot.notices.length,
    levels: 1 + levels.reduce((most, level) => Math.max(most, level), 0),
    ...(snapshot.at === noMoment ? {} : { writtenAt: snapshot.at }),
    classes: topology.classes.map((item, c) => ({ ...item, entering: volumes.through[c] ?? 0 })),
    graphs: topology.nodes.flatMap((_, node) =>
      node === 0 || (topology.inside[node]?.length ?? 0) > 0
        ? [graphSummary(snapshot, volumes, node, levels[node] ?? 0)]
        : [],
    ),
  };
}

function graphSummary(
  snapshot: TrafficSnapshot,
  { through }: NodeVolumes,
  node: number,
  level: number,
): GraphSummary {
  const { topology, rates } = snapshot;
  const classes = topology.classes.length;
  const inside = topology.inside[node] ?? [];
  const entering = rowTotal(through, node, classes);
  let failing = 0;
  for (const [c, { severity }] of topology.classes.entries()) {
    if (severity === "danger") failing += through[node * classes + c] ?? 0;
  }
  const maxVolume = snapshot.maxVolume[node] ?? NaN;
  return {
    name: topology.nodes[node]?.name ?? "",
    level,
    nodes: topology.children[node]?.length ?? 0,
    edges: inside.length,
    entering,
    failing: entering > 0 ? failing / entering : 0,
    busiestEdge: inside.reduce((most, edge) => Math.max(most, rowTotal(rates, edge, classes)), 0),
    ...(Number.isNaN(maxVolume) ? {} : { maxVolume }),
  };
}

/** How deep each node stands. */
function levelsOf({ topology }: TrafficSnapshot): readonly number[] {
  const levels: number[] = [];
  for (const { parent } of topology.nodes) levels.push(parent === -1 ? 0 : (levels[parent] ?? 0) + 1);
  return levels;
}
