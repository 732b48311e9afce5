import type { Millis } from "#base/time.ts";
import { severityRates } from "#domain/health.ts";
import { findItem, type ItemRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import { nodeVolumes, type NodeVolumes } from "#domain/volume.ts";

/** The last minutes of one node or edge: columns of equal length, oldest first. NaN where it did not exist. */
export interface Series {
  readonly at: readonly Millis[];
  readonly total: readonly number[];
  readonly warning: readonly number[];
  readonly danger: readonly number[];
  /** p95 of an edge, or of the slowest call to a node, milliseconds; NaN where it was not measured. */
  readonly latencyMs: readonly number[];
}

/** How far back, and how often: 5 minutes at every second frame of 1 Hz make 150 samples. */
const keptMs = 300_000;
const leastGapMs = 2_000;

/** Above this many nodes and edges only every tenth sample is kept: 150 samples of 100,000 edges would be 180 MB. */
const manyItems = 20_000;

const perItem = 3;

/** Frames before a moment, back to another one, as far as they are at hand; ascending. */
export type FramesBefore = (at: Millis, from: Millis) => readonly TrafficSnapshot[];

interface Sample {
  readonly at: Millis;
  readonly topology: Topology;
  /** total, warning, danger of each node, then of each edge. */
  readonly columns: Float32Array;
  readonly p95: Float32Array;
}

/** Remembers the volumes of everything for some minutes, so that a panel that is opened has a past to show. */
export class SeriesStore {
  #samples: Sample[] = [];
  /** Where frames before the first sample can be had, until somebody has asked for them. */
  #history: FramesBefore | undefined;

  record(snapshot: TrafficSnapshot, volumes: NodeVolumes): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && snapshot.at < last.at) this.#samples = [];
    else if (last !== undefined && snapshot.at - last.at < gapOf(snapshot.topology)) return;
    this.#samples.push(sampleOf(snapshot, volumes));
    const first = this.#samples.findIndex(({ at }) => at >= snapshot.at - keptMs);
    if (first > 0) this.#samples.splice(0, first);
  }

  /** Forgets everything: time has jumped. What was before then is asked for when somebody wants to see it. */
  restart(history: FramesBefore): void {
    this.#samples = [];
    this.#history = history;
  }

  /** Puts before the first sample what was there already: samples as they would have been taken. */
  #lookBack(): void {
    const first = this.#samples[0];
    const newest = this.#samples.at(-1);
    if (this.#history === undefined || first === undefined || newest === undefined) return;
    const frames = this.#history(first.at, newest.at - keptMs);
    this.#history = undefined;
    let next = first.at;
    for (const frame of frames.toReversed()) {
      if (next - frame.at < gapOf(frame.topology)) continue;
      this.#samples.unshift(knownSample(frame));
      next = frame.at;
    }
  }

  of(ref: ItemRef): Series {
    this.#lookBack();
    const positions = new Map<Topology, number>();
    const rows = this.#samples.map((sample) => {
      let position = positions.get(sample.topology);
      if (position === undefined) {
        position = positionIn(sample.topology, ref);
        positions.set(sample.topology, position);
      }
      return { sample, position };
    });
    const column = (offset: number) =>
      rows.map(({ sample, position }) =>
        position < 0 ? NaN : (sample.columns[position * perItem + offset] ?? NaN),
      );
    return {
      at: rows.map(({ sample }) => sample.at),
      total: column(0),
      warning: column(1),
      danger: column(2),
      latencyMs: rows.map(({ sample, position }) => latencyOf(sample, position)),
    };
  }
}

/** Whoever drags along a recording comes by the same frames again and again. */
const known = new WeakMap<TrafficSnapshot, Sample>();

function knownSample(snapshot: TrafficSnapshot): Sample {
  const sample = known.get(snapshot) ?? sampleOf(snapshot, nodeVolumes(snapshot));
  known.set(snapshot, sample);
  return sample;
}

function gapOf({ nodes, edges }: Topology): number {
  return nodes.length + edges.length > manyItems ? leastGapMs * 10 : leastGapMs;
}

function sampleOf(snapshot: TrafficSnapshot, volumes: NodeVolumes): Sample {
  const { topology } = snapshot;
  const nodes = topology.nodes.length;
  const columns = new Float32Array((nodes + topology.edges.length) * perItem);
  for (let node = 0; node < nodes; node += 1) write(columns, node, volumes.through, node, topology);
  topology.edges.forEach((_, edge) => write(columns, nodes + edge, snapshot.rates, edge, topology));
  return { at: snapshot.at, topology, columns, p95: Float32Array.from(snapshot.latencyMs.p95) };
}

function latencyOf({ topology, p95 }: Sample, position: number): number {
  const edge = position - topology.nodes.length;
  if (edge >= 0) return p95[edge] ?? NaN;
  let most = NaN;
  for (const call of topology.incoming[position] ?? []) {
    const ms = p95[call] ?? NaN;
    if (ms > 0 && !(most > ms)) most = ms;
  }
  return most;
}

function write(
  columns: Float32Array,
  item: number,
  rates: Float64Array,
  row: number,
  topology: Topology,
): void {
  const { total, warning, danger } = severityRates(rates, row, topology.classes);
  columns[item * perItem] = total;
  columns[item * perItem + 1] = warning;
  columns[item * perItem + 2] = danger;
}

/** Nodes come first, then edges; -1 where the item did not exist. */
function positionIn(topology: Topology, ref: ItemRef): number {
  const item = findItem(topology, ref);
  if (item === undefined) return -1;
  return item.kind === "node" ? item.node : topology.nodes.length + item.edge;
}
