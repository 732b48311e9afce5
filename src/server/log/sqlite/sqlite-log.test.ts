import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  statSync,
} from "node:fs";
import { join } from "node:path";

import Database from "libsql";
import { afterEach, describe, expect, it } from "vitest";

import { diffSnapshots } from "#domain/delta.ts";
import { mulberry32 } from "#base/random.ts";
import type { Frame, Stored } from "#protocol/recording/recorded-frame.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { describeFeedLog } from "#testing/feed-log-contract.ts";
import { openLog, storeOptions, temporaryFolder } from "#testing/store-fixture.ts";

import { localLine, openStore } from "./store-client.ts";

const folders: { path: string; remove(): void }[] = [];
const folder = (): string => {
  const made = temporaryFolder();
  folders.push(made);
  return made.path;
};
afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

const { topology } = twoRegions();
const noon = Date.UTC(2026, 0, 6, 12);
const snapshotAt = (second: number) =>
  snapshotOf(topology, (edge, c) => (edge + c + 1) * (second % 97), noon + second * 1000);
const frameAt = (second: number, isKey: boolean): Frame =>
  isKey
    ? { kind: "key", snapshot: snapshotAt(second) }
    : { kind: "delta", delta: diffSnapshots(snapshotAt(second - 1), snapshotAt(second)) };

/** Appends frames of consecutive seconds, a keyframe every ten. */
async function record(log: Awaited<ReturnType<typeof openLog>>, from: number, count: number): Promise<void> {
  for (let second = from; second < from + count; second += 1) {
    await log.append(frameAt(second, (second - from) % 10 === 0), `second ${second}`);
  }
}

async function readAll(log: Awaited<ReturnType<typeof openLog>>): Promise<readonly Stored[]> {
  const frames: Stored[] = [];
  for await (const stored of log.range(-Infinity, Infinity)) frames.push(stored);
  return frames;
}

describeFeedLog("the log on the disk", async () => openLog(storeOptions(folder())), false);

describe("after a restart the log", () => {
  it("goes on with the same epoch, the next number and everything that was stored", async () => {
    const path = folder();
    const one = await openLog(storeOptions(path));
    await record(one, 0, 15);
    const { epoch } = one.head();
    await one.close();
    const other = await openLog(storeOptions(path));
    expect(other.head()).toEqual({ epoch, oldest: 1, newest: 15 });
    expect(await other.append(frameAt(20, true), "second 20")).toBe(16);
    expect((await readAll(other)).map(({ seq }) => seq)).toHaveLength(16);
    await other.close();
  });

  it("still knows which frames it has, so that what is sent again is not stored twice", async () => {
    const path = folder();
    const one = await openLog(storeOptions(path));
    await record(one, 0, 15);
    await one.close();
    const other = await openLog(storeOptions(path));
    expect(await other.append(frameAt(12, false), "second 12")).toBe(13);
    expect(other.head().newest).toBe(15);
    await other.close();
  });

  /** Another program that writes to the file, as a disk does that refuses. */
  function refuse(path: string): () => void {
    const other = new Database(join(path, "2026-01-06.db"));
    other.exec("BEGIN EXCLUSIVE");
    return () => other.close();
  }

  it("begins a new epoch when frames were shown that it could not store", async () => {
    const path = folder();
    const one = await openLog(storeOptions(path));
    await record(one, 0, 3);
    const { epoch } = one.head();
    const allow = refuse(path);
    await expect(one.append(frameAt(3, false), "second 3")).rejects.toThrow("locked");
    expect(one.head().newest).toBe(3);
    allow();
    await one.close();
    const other = await openLog(storeOptions(path));
    expect(other.head().newest).toBe(3);
    expect(other.head().epoch).not.toBe(epoch);
    await other.close();
  });

  it("keeps the epoch when the hole was told before", async () => {
    const path = folder();
    const one = await openLog(storeOptions(path));
    await record(one, 0, 3);
    const { epoch } = one.head();
    const allow = refuse(path);
    await expect(one.append(frameAt(3, false), "second 3")).rejects.toThrow("locked");
    allow();
    expect(await one.append({ ...frameAt(4, true), lost: 1 }, "second 4")).toBe(5);
    await one.close();
    const other = await openLog(storeOptions(path));
    expect(other.head()).toEqual({ epoch, oldest: 1, newest: 5 });
    await other.close();
  });
});

it("is kept by one program at a time, and free again when that is done", async () => {
  const path = folder();
  const one = await openLog(storeOptions(path));
  const other = await openStore(storeOptions(path), localLine());
  expect(other.ok ? "it opens" : other.error).toContain("Another Spillway records into");
  await one.close();
  await (await openLog(storeOptions(path))).close();
});

describe("days", () => {
  const day = 86_400;

  it("have a file each, and a group stays in the one in which it began", async () => {
    const path = folder();
    const log = await openLog(storeOptions(path));
    // From five seconds before midnight.
    await record(log, day / 2 - 5, 20);
    expect(readdirSync(path).filter((name) => name.endsWith(".db"))).toEqual([
      "2026-01-06.db",
      "2026-01-07.db",
    ]);
    expect(await readAll(log)).toHaveLength(20);
    await log.close();
  });

  it("are removed from the old end when they are too old or too much, never the newest", async () => {
    const path = folder();
    const log = await openLog(storeOptions(path, { greatestAgeMs: 2 * day * 1000 }));
    for (const d of [0, 1, 2, 3, 4]) await record(log, d * day, 5);
    expect(readdirSync(path).filter((name) => name.endsWith(".db"))).toEqual([
      "2026-01-08.db",
      "2026-01-09.db",
      "2026-01-10.db",
    ]);
    expect(log.head()).toMatchObject({ oldest: 11, newest: 25 });
    await log.close();
    const small = await openLog(storeOptions(path, { greatestBytes: 1 }));
    expect(small.head()).toMatchObject({ oldest: 21, newest: 25 });
    await small.close();
  });

  it("are told of when they are removed while somebody reads them, and leave a hole in what is read", async () => {
    const removed: (readonly [number, number])[] = [];
    const log = await openLog(
      storeOptions(folder(), { greatestAgeMs: 2 * day * 1000 }),
      undefined,
      undefined,
      (first, last) => removed.push([first, last]),
    );
    await record(log, 0, 25);
    await record(log, 2 * day, 5);
    const read: number[] = [];
    for await (const { seq } of log.range(-Infinity, Infinity)) {
      if (read.length === 0) await record(log, 4 * day, 5);
      read.push(seq);
    }
    expect(removed).toEqual([
      [11, 20],
      [21, 25],
    ]);
    expect(read).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 26, 27, 28, 29, 30]);
    await log.close();
  });
});

describe("a damaged file", () => {
  it("that is no database is set aside and named, and recording goes on in a new epoch", async () => {
    const path = folder();
    const one = await openLog(storeOptions(path));
    await record(one, 0, 15);
    const { epoch } = one.head();
    await one.close();
    writeFileSync(
      join(path, "2026-01-06.db"),
      "this is not a database, but a text of some length ".repeat(40),
    );
    const other = await openLog(storeOptions(path));
    expect(other.head().epoch).not.toBe(epoch);
    await record(other, 30, 3);
    expect(existsSync(join(path, "2026-01-06.db.damaged"))).toBe(true);
    expect(await readAll(other)).toHaveLength(3);
    await other.close();
  });

  const right = new Map(Array.from({ length: 40 }, (_, i) => [i + 1, i] as const));

  /** Everything that a damaged folder still gives: every frame must be the one that was stored under its number, or absent. */
  async function expectNoWrongFrame(path: string): Promise<number> {
    const log = await openLog(storeOptions(path));
    const frames = await readAll(log);
    for (const { seq, frame } of frames) {
      const second = right.get(seq);
      expect(second).toBeDefined();
      expect(frame).toEqual(frameAt(second ?? 0, (second ?? 0) % 10 === 0));
    }
    await log.close();
    return frames.length;
  }

  async function recorded(): Promise<{
    readonly path: string;
    readonly file: string;
    readonly bytes: Buffer;
  }> {
    const path = folder();
    const log = await openLog(storeOptions(path));
    await record(log, 0, 40);
    await log.close();
    const file = join(path, "2026-01-06.db");
    return { path, file, bytes: readFileSync(file) };
  }

  it("shows no wrong frame whichever bit is flipped", async () => {
    const { path, file, bytes } = await recorded();
    const random = mulberry32(7);
    const flips = Number(process.env["SOAK_FLIPS"] ?? 150);
    let read = 0;
    for (let flip = 0; flip < flips; flip += 1) {
      const at = Math.floor(random() * bytes.length);
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      clear(path);
      writeFileSync(file, damaged);
      read += await expectNoWrongFrame(path);
    }
    // Most flips cost one group or nothing.
    expect(read).toBeGreaterThan(flips * 20);
  }, 600_000);

  it("shows no wrong frame wherever it is cut off", async () => {
    const { path, file, bytes } = await recorded();
    const cuts = Number(process.env["SOAK_CUTS"] ?? 60);
    for (let cut = 0; cut < cuts; cut += 1) {
      clear(path);
      writeFileSync(file, bytes);
      truncateSync(file, Math.floor((bytes.length * cut) / cuts));
      await expectNoWrongFrame(path);
    }
    expect(statSync(path).isDirectory()).toBe(true);
  }, 600_000);
});

/** Removes the frames; files that another connection may still have mapped are not cut short, which would end the process. */
function clear(path: string): void {
  for (const name of readdirSync(path)) if (name !== "epoch.json") rmSync(join(path, name));
}
