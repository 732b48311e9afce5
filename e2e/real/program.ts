import { spawnSync } from "node:child_process";

import { test } from "../fixtures.ts";

/**
 * Some tests are against programs of others. Where one is not installed they are skipped, and say so; where TEST_REAL is "required", as in CI, they
 * then fail.
 */
export function needsProgram(name: string): void {
  const isThere = spawnSync(name, ["--version"]).error === undefined;
  test.skip(
    !isThere && process.env["TEST_REAL"] !== "required",
    `${name} is not installed (on Debian: apt-get install ${name})`,
  );
}
