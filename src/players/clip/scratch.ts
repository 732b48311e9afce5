/** Where what has been read of a file is kept while the file is open. */
export interface Scratch {
  append(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All that was written, once nothing more comes. */
  finish(): Promise<Blob>;
  /** Leaves nothing behind. */
  remove(): Promise<void>;
}

export type OpenScratch = () => Promise<Scratch>;

const greatestInMemory = 256 * 2 ** 20;

/** There is no room for it: a sentence for people. */
export class NoRoom extends Error {}

/** In memory, up to a bound: where browsers give pages no room on the disk. */
export function memoryScratch(greatest = greatestInMemory): Scratch {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  return {
    append: async (bytes) => {
      length += bytes.length;
      if (length > greatest) {
        throw new NoRoom(
          `It is too long to be kept in memory (${Math.round(greatest / 2 ** 20)} MB, packed), and this browser gives the page no room on the disk here. Play it with "spillway replay FILE".`,
        );
      }
      pieces.push(bytes);
    },
    finish: async () => new Blob(pieces),
    remove: async () => {
      pieces = [];
    },
  };
}

/** As much of the browser as is needed for files of one's own. */
export interface DiskAccess {
  readonly storage: Pick<StorageManager, "getDirectory">;
  readonly locks: Pick<LockManager, "request">;
}

const folderName = "opened-clips";

/**
 * On the disk, in a file that only this site sees. A lock says that it is in use; what has none was left behind by a page that is gone, and is removed.
 * Where there is no disk, in memory.
 */
export async function diskScratch(access: DiskAccess | undefined, name: string): Promise<Scratch> {
  try {
    return access === undefined ? memoryScratch() : await openFile(access, name);
  } catch {
    return memoryScratch();
  }
}

async function openFile({ storage, locks }: DiskAccess, name: string): Promise<Scratch> {
  const root = await storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const release = await hold(locks, name);
  await removeAbandoned(folder, locks, name);
  const file = await folder.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  return {
    append: async (bytes) => {
      try {
        await writable.write(bytes);
      } catch (error: unknown) {
        if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
        throw new NoRoom("There is not enough room for it on the disk. Make some, and open it again.");
      }
    },
    finish: async () => {
      await writable.close();
      return file.getFile();
    },
    remove: async () => {
      await writable.abort().catch(() => undefined);
      await folder.removeEntry(name).catch(() => undefined);
      release();
    },
  };
}

/** Takes a lock, and answers how to give it back. */
function hold(locks: DiskAccess["locks"], name: string): Promise<() => void> {
  return new Promise((held, refused) => {
    locks
      .request(`${folderName}/${name}`, () => new Promise<void>((release) => held(release)))
      .catch(refused);
  });
}

async function removeAbandoned(
  folder: FileSystemDirectoryHandle,
  locks: DiskAccess["locks"],
  own: string,
): Promise<void> {
  for await (const name of folder.keys()) {
    if (name === own) continue;
    await locks.request(`${folderName}/${name}`, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await folder.removeEntry(name).catch(() => undefined);
    });
  }
}
