import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";

/** How much was written. */
export interface Written {
  readonly bytes: number;
}

export interface FileOptions {
  /** Keeps what is written so far under the file's name, for what takes long and may be interrupted; otherwise it has its name when it is whole. */
  readonly isKeptUnfinished: boolean;
  readonly isReplacing: boolean;
}

/** @throws an Error with a sentence when the file is there already, or cannot be written. */
export async function writeFile(
  path: string,
  pieces: AsyncIterable<Uint8Array | string>,
  { isKeptUnfinished, isReplacing }: FileOptions,
): Promise<Written> {
  if (!isReplacing && existsSync(path)) {
    throw new Error(`${path} is there already. Name another file, or pass --force to replace it.`);
  }
  const unfinished = isKeptUnfinished ? path : `${path}.part`;
  let bytes = 0;
  const file = await open(unfinished, "w").catch((error: unknown) => {
    throw new Error(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  });
  try {
    for await (const piece of pieces) {
      const content = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      await file.writeFile(content);
      bytes += content.length;
    }
    await file.sync();
    await file.close();
    if (!isKeptUnfinished) await rename(unfinished, path);
    return { bytes };
  } catch (error: unknown) {
    await file.close().catch(() => {});
    if (!isKeptUnfinished) await rm(unfinished, { force: true });
    throw error;
  }
}
