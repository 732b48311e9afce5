import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it } from "vitest";

import { temporaryFolder } from "./temporary-folder.ts";

it("removes what a process that is gone has left behind, and nothing that one that runs has", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const left = mkdtempSync(join(tmpdir(), `spillway-clip-${pid}-`));
  const mine = await temporaryFolder("clip");
  const other = await temporaryFolder("past");
  expect([existsSync(left), existsSync(mine), existsSync(other)]).toEqual([false, true, true]);
  for (const folder of [mine, other]) rmSync(folder, { recursive: true });
});
