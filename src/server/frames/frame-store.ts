import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import type { Clock } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { greatestBodyBytes, snapshotBody } from "#protocol/snapshot-message.ts";

import { frameAddress, isFrameAddress } from "./frame-address.ts";

const compress = promisify(gzip);
const expand = promisify(gunzip);

const suffix = ".json.gz";
const unfinishedSuffix = ".unfinished";
/** A file that is still unfinished then was left behind by a program that ended in the middle. */
const abandonedMs = 600_000;

export interface FrameStoreOptions {
  readonly folder: string;
  /** So many are kept; the oldest go first. */
  readonly greatestFrames: number;
  readonly clock: Clock;
  /** A file in the folder is not what its name says; it is passed over. `why` is a sentence. */
  readonly onIgnored: (file: string, why: string) => void;
}

/**
 * Frames that links point to, in one file each, named by what they hold. The folder is made when the first comes. Several servers may share it: a file
 * is complete as soon as it has its name, and never changes.
 */
export class FrameStore {
  readonly #options: FrameStoreOptions;
  #writing: Promise<unknown> = Promise.resolve();
  /** Files that were already told of. */
  readonly #ignored = new Set<string>();

  constructor(options: FrameStoreOptions) {
    this.#options = options;
  }

  /**
   * Keeps a frame, as the newest; the same frame is kept once. Resolves to its address when it is on the disk.
   * @throws when the folder cannot be written.
   */
  put(snapshot: TrafficSnapshot): Promise<string> {
    const put = this.#writing.then(() => this.#put(snapshot));
    this.#writing = put.catch(() => {});
    return put;
  }

  /** The frame's body, packed; undefined when it is not kept (any more). */
  async packed(address: string): Promise<Buffer | undefined> {
    return (await this.#read(address))?.packed;
  }

  /** How many are kept. */
  async count(): Promise<number> {
    return (await this.#files()).filter((name) => isFrameFile(name)).length;
  }

  async #put(snapshot: TrafficSnapshot): Promise<string> {
    const { folder, clock } = this.#options;
    const body = snapshotBody(snapshot);
    const address = frameAddress(body);
    const path = join(folder, address + suffix);
    const now = clock.now() / 1000;
    if ((await this.#read(address)) === undefined) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(path, await compress(body, { level: 6 }));
      this.#ignored.delete(address + suffix);
    }
    await utimes(path, now, now);
    await this.#forgetTheOldest(now);
    return address;
  }

  async #read(address: string): Promise<{ readonly packed: Buffer } | undefined> {
    if (!isFrameAddress(address)) return undefined;
    const path = join(this.#options.folder, address + suffix);
    try {
      const { size } = await stat(path);
      if (size > greatestBodyBytes) return this.#ignore(address, "it is larger than any frame");
      const packed = await readFile(path);
      const body = await expand(packed, { maxOutputLength: greatestBodyBytes });
      if (frameAddress(body) === address) return { packed };
      return this.#ignore(address, "it holds something else than its name says");
    } catch (error: unknown) {
      if (codeOf(error) === "ENOENT") return undefined;
      return this.#ignore(address, error instanceof Error ? error.message : String(error));
    }
  }

  #ignore(address: string, why: string): undefined {
    const file = address + suffix;
    if (!this.#ignored.has(file)) {
      this.#ignored.add(file);
      this.#options.onIgnored(join(this.#options.folder, file), why);
    }
    return undefined;
  }

  async #forgetTheOldest(now: number): Promise<void> {
    const { folder, greatestFrames } = this.#options;
    const kept: { readonly name: string; readonly time: number }[] = [];
    for (const name of await this.#files()) {
      const isUnfinished = name.endsWith(unfinishedSuffix);
      if (!isUnfinished && !isFrameFile(name)) continue;
      // Another server may have removed it meanwhile.
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found === undefined) continue;
      if (!isUnfinished) kept.push({ name, time: found.mtimeMs });
      else if (now * 1000 - found.mtimeMs > abandonedMs) await unlink(join(folder, name)).catch(() => {});
    }
    const oldest = kept.toSorted((a, b) => b.time - a.time).slice(greatestFrames);
    for (const { name } of oldest) await unlink(join(folder, name)).catch(() => {});
  }

  async #files(): Promise<readonly string[]> {
    return readdir(this.#options.folder).catch(() => []);
  }
}

function isFrameFile(name: string): boolean {
  return name.endsWith(suffix) && isFrameAddress(name.slice(0, -suffix.length));
}

/** Nobody ever sees a part of it, whenever the power fails; only this user may read it. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString("hex")}${unfinishedSuffix}`;
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error: unknown) {
    await unlink(unfinished).catch(() => {});
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
