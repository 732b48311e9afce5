import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file: nobody ever sees a part of it, whenever the power fails; only this user may read it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
