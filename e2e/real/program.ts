import { spawnSync } from "node:child_process";

import { test } from "../fixtures.ts";

/**
 * Some tests are against programs of others. Where one is not installed they are skipped, and say so; where TEST_REAL is "required", as in CI, they
 * then fail.
 */
export function needsProgram(name: string): void {
  const isThere = spawnSync(name, ["--version"]).error === undefined;
  const why = `${name} is not installed (Debian has it in the package prometheus)`;
  const isRequired = process.env["TEST_REAL"] === "required";
  test.beforeAll(() => {
    if (!isThere && isRequired) throw new Error(`${why}, and TEST_REAL is "required".`);
  });
  test.skip(!isThere && !isRequired, why);
}
