import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Result } from "#base/result.ts";
import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { groupText } from "#protocol/recording/group-text.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";

import { createGroupDesk } from "./group-desk.ts";
import type { GroupCommand, GroupReply } from "./group-message.ts";
import { createGroupReader, readingHere, type GroupReader, type GroupWorker } from "./group-reader.ts";
import type { ReadGroup } from "./read-frames.ts";
import type { GroupBody } from "./recording-source.ts";

/** A worker with a desk of its own, to which and from which everything is copied, as between threads. */
class CopyingWorker implements GroupWorker {
  readonly replies: GroupReply[] = [];
  isTerminated = false;
  /** Answers wait until they are let go. */
  isHeld = false;
  #receive: ((event: { readonly data: GroupReply }) => void) | undefined;
  fail: () => void = () => undefined;
  readonly #desk = createGroupDesk((reply) => {
    const transfer = reply.kind === "read" ? [reply.group.values.buffer] : [];
    this.replies.push(structuredClone(reply, { transfer }));
    if (!this.isHeld) this.release();
  });

  postMessage(command: GroupCommand): void {
    this.#desk.handle(command);
  }

  addEventListener(kind: string, listener: (event: { readonly data: GroupReply }) => void): void {
    if (kind === "message") this.#receive = listener;
    else this.fail = () => listener({ data: { kind: "wrong", id: 0, why: "it failed" } });
  }

  terminate(): void {
    this.isTerminated = true;
  }

  release(): void {
    const data = this.replies.at(-1);
    if (data !== undefined) this.#receive?.({ data });
  }
}

function textOf(frames: readonly TrafficSnapshot[]): string {
  const lines = frames.map((snapshot, i) => {
    const before = frames[i - 1];
    return before === undefined
      ? frameLine({ seq: 1, frame: { kind: "key", snapshot } })
      : frameLine({ seq: i + 1, frame: { kind: "delta", delta: diffSnapshots(before, snapshot) } });
  });
  return groupText(lines);
}

/** As it comes over the network. */
function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).slice().buffer;
}

function reading(reader: GroupReader, text: GroupBody): Result<ReadGroup, string> | undefined {
  let answered: Result<ReadGroup, string> | undefined;
  reader.read(text, Infinity, (answer) => {
    answered = answer;
  });
  return answered;
}

function framesOf(reader: GroupReader, text: string): readonly TrafficSnapshot[] {
  const read = reading(reader, text);
  return read?.ok === true ? read.value.frames : [];
}

const arbitraryGroup = fc
  .array(arbitrarySnapshot, { minLength: 1, maxLength: 6 })
  .map((snapshots) => snapshots.map((snapshot, i) => ({ ...snapshot, at: 1000 + i * 1000 })));

describe("groups that are read in a worker", () => {
  it("have the very frames that the page would have read by itself", () => {
    fc.assert(
      fc.property(fc.array(arbitraryGroup, { minLength: 1, maxLength: 4 }), (groups) => {
        const [there, here] = [createGroupReader(() => new CopyingWorker()), readingHere()];
        for (const frames of groups) {
          const text = textOf(frames);
          expect(reading(there, text)).toEqual(reading(here, text));
          expect(reading(there, bytesOf(text))).toEqual(reading(here, text));
        }
      }),
    );
  });

  it("bring a topology once, and have one object for it whichever group comes", () => {
    const worker = new CopyingWorker();
    const reader = createGroupReader(() => worker);
    const first = framesOf(reader, textOf([twoRegions(1000), twoRegions(2000)]));
    const second = framesOf(reader, textOf([twoRegions(3000), twoRegions(4000)]));
    const told = worker.replies.map((reply) => reply.kind === "read" && reply.group.topologies.length);
    expect(told).toEqual([1, 0]);
    expect(new Set([...first, ...second].map(({ topology }) => topology)).size).toBe(1);
    expect([...second[1]!.values]).toEqual([...twoRegions(4000).values]);
  });

  it("are refused where a line is not what it should be, and the next is read all the same", () => {
    const reader = createGroupReader(() => new CopyingWorker());
    expect(reading(reader, "{}\n")).toMatchObject({ ok: false });
    expect(framesOf(reader, textOf([twoRegions(1000)]))).toHaveLength(1);
  });

  it("do not reach whoever has turned away, but what they bring along is kept", () => {
    const worker = new CopyingWorker();
    const reader = createGroupReader(() => worker);
    worker.isHeld = true;
    let answers = 0;
    reader.read(textOf([twoRegions(1000)]), Infinity, () => (answers += 1))();
    worker.release();
    worker.isHeld = false;
    expect(answers).toBe(0);
    expect(framesOf(reader, textOf([twoRegions(2000)]))).toHaveLength(1);
  });

  it("are read by the page where there can be no worker, and from when it fails", () => {
    const none = createGroupReader(() => {
      throw new Error("no workers here");
    });
    expect(framesOf(none, textOf([twoRegions(1000)]))).toHaveLength(1);

    const worker = new CopyingWorker();
    const reader = createGroupReader(() => worker);
    framesOf(reader, textOf([twoRegions(1000)]));
    worker.isHeld = true;
    const answers: number[] = [];
    reader.read(textOf([twoRegions(2000), twoRegions(3000)]), Infinity, (read) => {
      answers.push(read.ok ? read.value.frames.length : NaN);
    });
    worker.fail();
    expect(answers).toEqual([2]);
    expect(worker.isTerminated).toBe(true);
    expect(framesOf(reader, textOf([twoRegions(4000)]))).toHaveLength(1);
  });
});
