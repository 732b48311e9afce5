import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "./fixtures.ts";

/** A disk of 3 MiB, or why there is none: only the superuser may make one. */
function smallDisk(): { readonly path: string; remove(): void } | undefined {
  const path = mkdtempSync(join(tmpdir(), "spillway-small-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", path], { stdio: "ignore" });
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    remove: () => {
      execFileSync("umount", ["-l", path]);
      rmSync(path, { recursive: true });
    },
  };
}

test("a disk that is full stops the recording and nothing else; with room again it goes on, and the gap shows", async ({
  spillway,
  page,
  serve,
}) => {
  const disk = smallDisk();
  test.skip(disk === undefined, "only the superuser can make a small disk");
  if (disk === undefined) return;
  try {
    const flags = ["--seed", "7", "--interval", "200ms", "--data", disk.path];
    const server = await serve([
      "--source",
      "file:mock-data/topologies/three-regions.json",
      "--jitter",
      "0.1",
      ...flags,
    ]);
    await spillway.open(server.url);
    await expect(spillway.state).toHaveText(/^Live\s*as of/);
    const ballast = join(disk.path, "ballast");
    const { bavail, bsize } = statfsSync(disk.path);
    writeFileSync(ballast, new Uint8Array(bavail * bsize));
    await expect(spillway.state).toHaveText(/^Live\s*not recorded/);
    await expect(page.getByText(/^Not recorded since .*: the server cannot write/)).toBeVisible();
    // It goes on live all the while.
    const twin = await spillway.twin.textContent();
    await expect(spillway.twin).not.toHaveText(twin ?? "");
    rmSync(ballast);
    await expect(spillway.state).toHaveText(/^Live\s*as of/);
    const metrics = await (await fetch(`${server.url}metrics`)).text();
    const count = (recorded: string) =>
      Number(new RegExp(`frames_total{[^}]*recorded="${recorded}"[^}]*} (\\d+)`).exec(metrics)?.[1] ?? 0);
    expect(count("no")).toBeGreaterThan(0);
    expect(count("yes")).toBeGreaterThan(0);
    const feed = (await (await fetch(`${server.url}readyz`)).json()) as { feeds: { feed: string }[] };
    const groups = await fetch(`${server.url}api/feeds/${feed.feeds[0]?.feed}/recording/groups`);
    const list = (await groups.json()) as { groups: [number, number][] };
    const holes = list.groups.slice(1).filter(([first], i) => first !== (list.groups[i]?.[1] ?? 0) + 1);
    expect(holes.length).toBeGreaterThan(0);
  } finally {
    disk.remove();
  }
});
