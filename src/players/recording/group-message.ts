import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { DrillInfo } from "#domain/drill-info.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import { createTopology, type Topology, type TopologyParts } from "#domain/topology.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { ReadGroup } from "./read-frames.ts";
import type { GroupBody } from "./recording-source.ts";

/** What the page asks of the worker that unpacks: one group. Every command is answered once. */
export interface GroupCommand {
  readonly id: number;
  readonly body: GroupBody;
  readonly until: Millis;
}

export type GroupReply =
  | { readonly kind: "read"; readonly id: number; readonly group: PackedGroup }
  /** The group is not what it should be. */
  | { readonly kind: "wrong"; readonly id: number; readonly why: string };

/** A group as it crosses: its numbers in one block, which is moved, and each topology once, however many groups have it. */
export interface PackedGroup {
  readonly last: Seq;
  readonly isWhole: boolean;
  /** Those that have not crossed yet, in the order of their numbers. */
  readonly topologies: readonly { readonly number: number; readonly parts: TopologyParts }[];
  readonly frames: readonly PackedGroupFrame[];
  /** The slots of all frames, one frame after another. */
  readonly values: Float64Array<ArrayBuffer>;
}

export interface PackedGroupFrame {
  readonly at: Millis;
  readonly windowMs: number;
  readonly topology: number;
  readonly slots: number;
  /** Left out where they are those of the frame before. */
  readonly notices?: readonly Notice[];
  readonly simulated?: DrillInfo;
}

/** So many topologies are known on both sides, the newest; as many as are pooled. */
const mostKnown = 64;

/** Packs groups, and remembers which topologies have crossed. */
export class GroupPacker {
  readonly #numbers = new Map<Topology, number>();
  #lastNumber = 0;

  pack({ last, isWhole, frames, slots }: ReadGroup): PackedGroup {
    const values = new Float64Array(slots);
    const topologies: { readonly number: number; readonly parts: TopologyParts }[] = [];
    let offset = 0;
    let before: readonly Notice[] | undefined;
    const packed = frames.map((frame): PackedGroupFrame => {
      const { at, windowMs, topology, notices, simulated } = frame;
      const known = this.#numbers.get(topology);
      if (known === undefined) {
        const { revision, classes, nodes, edges } = topology;
        this.#lastNumber += 1;
        this.#numbers.set(topology, this.#lastNumber);
        topologies.push({ number: this.#lastNumber, parts: { revision, classes, nodes, edges } });
      }
      values.set(frame.values, offset);
      offset += frame.values.length;
      const isSame = before === notices;
      before = notices;
      return {
        at,
        windowMs,
        topology: known ?? this.#lastNumber,
        slots: frame.values.length,
        ...(isSame ? {} : { notices }),
        ...(simulated === undefined ? {} : { simulated }),
      };
    });
    for (const [topology, number] of this.#numbers) {
      if (number <= this.#lastNumber - mostKnown) this.#numbers.delete(topology);
    }
    return { last, isWhole, topologies, frames: packed, values };
  }
}

/** Unpacks, in the order in which they were packed, groups of one packer. Equal topologies are one object. */
export class GroupUnpacker {
  readonly #topologies = new Map<number, Topology>();
  #lastNumber = 0;

  unpack({ last, isWhole, topologies, frames, values }: PackedGroup): ReadGroup {
    for (const { number, parts } of topologies) {
      this.#topologies.set(number, createTopology(parts));
      this.#lastNumber = number;
    }
    let offset = 0;
    let notices: readonly Notice[] = [];
    const unpacked = frames.map((frame) => {
      const { at, windowMs, slots, simulated } = frame;
      notices = frame.notices ?? notices;
      const from = offset;
      offset += slots;
      return createSnapshot({
        at,
        windowMs,
        topology: must(this.#topologies.get(frame.topology), "a topology crosses before what has it"),
        notices,
        values: values.subarray(from, offset),
        ...(simulated === undefined ? {} : { simulated }),
      });
    });
    for (const number of this.#topologies.keys()) {
      if (number <= this.#lastNumber - mostKnown) this.#topologies.delete(number);
    }
    return { last, isWhole, frames: unpacked, slots: values.length };
  }
}
