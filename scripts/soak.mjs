/** The fault tests of the recording in full; the test command runs them in a bounded form. */
import { spawnSync } from "node:child_process";
import process from "node:process";

const env = {
  ...process.env,
  SOAK_KILLS: "100",
  SOAK_FLIPS: "10000",
  SOAK_CUTS: "2000",
  SOAK_DROPS: "1000",
  SOAK_BODIES: "10000",
};
const runs = [
  ["npm", ["run", "build", "--silent"]],
  [
    "npx",
    [
      "vitest",
      "run",
      "--project",
      "unit",
      "src/server/log",
      "src/players/live-drops",
      "src/server/http/hostile-bodies",
      "--testTimeout",
      "3600000",
    ],
  ],
  ["npx", ["playwright", "test", "e2e/recording.spec.ts"]],
  ["npx", ["tsx", "bench/soak-memory.ts"]],
];
const failed = runs.filter(
  ([command, args]) => spawnSync(command, args, { stdio: "inherit", env }).status !== 0,
);
process.exit(failed.length);
