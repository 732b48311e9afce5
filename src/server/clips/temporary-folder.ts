import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder in the system's place for such, with this process' number in its name, until whoever made it removes it. */
export async function temporaryFolder(purpose: string): Promise<string> {
  await removeLeftovers();
  return mkdtemp(join(tmpdir(), `spillway-${purpose}-${process.pid}-`));
}

/** Removes what processes that were killed have left behind. What cannot be removed belongs to somebody else. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir()).catch((): string[] => []);
  for (const name of names) {
    const pid = Number(/^spillway-(?:clip|past)-(\d+)-\w+$/.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error: unknown) {
    // A process of somebody else's may not be asked, but is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
