import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { decodeSnapshot, snapshotBody } from "#protocol/snapshot-message.ts";
import { zlibCodec } from "#server/zlib-codec.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { ManualClock } from "#testing/manual-clock.ts";

import { FrameStore } from "./frame-store.ts";

const { topology } = twoRegions();
const frame = (n: number) => snapshotOf(topology, (edge) => edge + n, n);

function store(greatestFrames = 3, folder = join(mkdtempSync(join(tmpdir(), "frames-")), "deep", "frames")) {
  const clock = new ManualClock();
  const ignored: string[] = [];
  const onIgnored = (file: string, why: string) =>
    void ignored.push(`${file.slice(folder.length + 1)}: ${why}`);
  const frames = new FrameStore({ folder, greatestFrames, clock, onIgnored });
  const file = (name: string) => join(folder, name);
  return { frames, clock, folder, ignored, file };
}

describe("frames that links point to", () => {
  it("come back as they were, also after a restart", async () => {
    const { frames, folder } = store();
    const address = await frames.put(frame(1));
    const again = store(3, folder).frames;
    const packed = must(await again.packed(address));
    expect(gunzipSync(packed).toString("utf8")).toBe(snapshotBody(frame(1)));
    const message = { epoch: "e", seq: 1, gzip: packed.toString("base64") };
    expect(await decodeSnapshot(message, zlibCodec)).toMatchObject({
      ok: true,
      value: { snapshot: frame(1) },
    });
  });

  it("have an address that says what they hold", async () => {
    const [one, other] = [store().frames, store().frames];
    const address = await one.put(frame(1));
    expect(address).toMatch(/^[0-9a-f]{32}$/);
    expect([await other.put(frame(1)), (await other.put(frame(2))) === address]).toEqual([address, false]);
  });

  it("are kept up to a number, the newest; one that is frozen again is new again", async () => {
    const { frames, clock } = store(3);
    const addresses: string[] = [];
    for (const n of [1, 2, 3, 1, 4]) {
      addresses.push(await frames.put(frame(n)));
      clock.advance(1000);
    }
    const kept = await Promise.all(addresses.map(async (one) => (await frames.packed(one)) !== undefined));
    expect([kept, await frames.count()]).toEqual([[true, false, true, true, true], 3]);
  });

  it("can be read by this user only, and nothing unfinished lies about", async () => {
    const { frames, folder } = store();
    await Promise.all([1, 2, 1, 2, 3].map((n) => frames.put(frame(n))));
    const files = readdirSync(folder);
    expect(files.map((name) => /^[0-9a-f]{32}\.json\.gz$/.test(name))).toEqual([true, true, true]);
    expect(files.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("take with them what an interrupted program left behind, and nothing of anybody else", async () => {
    const { frames, file, folder } = store();
    await frames.put(frame(1));
    const [left, fresh] = [file("a.json.gz.00.unfinished"), file("b.json.gz.00.unfinished")];
    for (const path of [left, fresh, file("notes.txt")]) writeFileSync(path, "x");
    utimesSync(left, 1, 1);
    await frames.put(frame(2));
    expect(readdirSync(folder).filter((name) => !/^[0-9a-f]{32}/.test(name))).toEqual([
      "b.json.gz.00.unfinished",
      "notes.txt",
    ]);
  });

  it.each<[string, (content: Buffer) => Buffer, string]>([
    ["cut off", (content) => content.subarray(0, content.length / 2), "unexpected end of file"],
    ["not packed", () => Buffer.from("{}"), "incorrect header check"],
    ["another frame", () => gzipSync(snapshotBody(frame(9))), "it holds something else than its name says"],
    ["empty", () => Buffer.alloc(0), "unexpected end of file"],
  ])(
    "that are %s on the disk are passed over, named once, and mended by freezing again",
    async (_, damage, why) => {
      const { frames, file, ignored } = store();
      const address = await frames.put(frame(1));
      const path = file(`${address}.json.gz`);
      writeFileSync(path, damage(readFileSync(path)));
      expect([await frames.packed(address), await frames.packed(address)]).toEqual([undefined, undefined]);
      expect(ignored).toEqual([`${address}.json.gz: ${why}`]);
      await frames.put(frame(1));
      expect(await frames.packed(address)).toBeDefined();
    },
  );

  it.each([
    "../secret",
    "..",
    "",
    "x".repeat(32),
    "A".repeat(32),
    `${"a".repeat(32)}/..`,
    `${"a".repeat(31)}\n`,
  ])("have no address like %j", async (address) => {
    const { frames, ignored } = store();
    await frames.put(frame(1));
    expect([await frames.packed(address), ignored]).toEqual([undefined, []]);
  });

  it("are not read through a link that somebody put in their place, unless it holds the very frame", async () => {
    const { frames, file } = store();
    const address = await frames.put(frame(1));
    const other = "0".repeat(32);
    symlinkSync(file(`${address}.json.gz`), file(`${other}.json.gz`));
    expect(await frames.packed(other)).toBeUndefined();
  });

  it("cannot be frozen where nothing can be written, and can as soon as that is mended", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "frames-")), "file", "frames");
    const blocked = store(3, folder).frames;
    writeFileSync(join(folder, "..", "..", "file"), "");
    await expect(blocked.put(frame(1))).rejects.toThrow("ENOTDIR");
    expect(await blocked.count()).toBe(0);
  });
});
