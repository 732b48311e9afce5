import { describe, expect, it } from "vitest";

import { diskScratch, memoryScratch, type DiskAccess } from "./scratch.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const contentOf = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

/** As much of a browser's disk and locks as is used. */
class FakeDisk {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>[]>();
  readonly locked = new Set<string>();

  get access(): DiskAccess {
    const folder = {
      getFileHandle: async (name: string) => ({
        createWritable: async () => {
          this.files.set(name, []);
          return {
            write: async (piece: Uint8Array<ArrayBuffer>) => void this.files.get(name)?.push(piece.slice()),
            close: async () => undefined,
            abort: async () => undefined,
          };
        },
        getFile: async () => new Blob(this.files.get(name)),
      }),
      removeEntry: async (name: string) => void this.files.delete(name),
      keys: () => this.files.keys(),
    };
    type Work = (lock: { readonly name: string } | null) => Promise<void>;
    const request = async (name: string, ...rest: readonly [Work] | readonly [object, Work]) => {
      const work = rest.length === 1 ? rest[0] : rest[1];
      if (rest.length > 1 && this.locked.has(name)) return await work(null);
      this.locked.add(name);
      await work({ name });
      this.locked.delete(name);
      return undefined;
    };
    const storage = { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the browser's own types have a hundred members more
    return { storage, locks: { request } } as unknown as DiskAccess;
  }
}

describe("where read files are kept", () => {
  it("is on the disk while they are open, and leaves nothing there", async () => {
    const disk = new FakeDisk();
    const scratch = await diskScratch(disk.access, "one");
    await scratch.append(bytes(1, 2));
    await scratch.append(bytes(3));
    expect(await contentOf(await scratch.finish())).toEqual([1, 2, 3]);
    expect([...disk.locked]).toEqual(["opened-clips/one"]);
    await scratch.remove();
    await scratch.remove();
    expect([...disk.files.keys()]).toEqual([]);
  });

  it("removes what a page that is gone has left, and not what another page has open", async () => {
    const disk = new FakeDisk();
    disk.files.set("left", []);
    disk.files.set("open", []);
    disk.locked.add("opened-clips/open");
    await diskScratch(disk.access, "one");
    expect([...disk.files.keys()]).toEqual(["open", "one"]);
  });

  it("is in memory where there is no disk, or it does not open", async () => {
    const broken: DiskAccess = {
      storage: { getDirectory: () => Promise.reject(new Error("private window")) },
      locks: new FakeDisk().access.locks,
    };
    for (const access of [undefined, broken]) {
      const scratch = await diskScratch(access, "one");
      await scratch.append(bytes(7));
      expect(await contentOf(await scratch.finish())).toEqual([7]);
    }
  });

  it("in memory has a bound, and says what to do beyond it", async () => {
    const scratch = memoryScratch(4);
    await scratch.append(bytes(1, 2, 3));
    await expect(scratch.append(bytes(4, 5))).rejects.toThrow('Play it with "spillway replay FILE".');
  });
});
