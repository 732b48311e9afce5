/**
 * The fault tests of the recording in full; the test command runs them in a bounded form. `npm run soak -- memory --minutes 15` runs only the parts that are named, and
 * says for how long the one about memory goes on (an hour unless told otherwise).
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { minutes: { type: "string", default: process.env["SOAK_MINUTES"] ?? "60" } },
  allowPositionals: true,
});
const env = {
  ...process.env,
  SOAK_KILLS: "100",
  SOAK_FLIPS: "10000",
  SOAK_CUTS: "2000",
  SOAK_DROPS: "1000",
  SOAK_BODIES: "10000",
  SOAK_MINUTES: values.minutes,
};
const vitest = ["vitest", "run", "--project", "unit", "--testTimeout", "3600000"];
/** Name, program, arguments. */
const parts = [
  { name: "damage", command: "npx", args: [...vitest, "src/server/log"] },
  { name: "drops", command: "npx", args: [...vitest, "src/players/live-drops"] },
  { name: "bodies", command: "npx", args: [...vitest, "src/server/http/hostile-bodies"] },
  { name: "kills", command: "npx", args: ["playwright", "test", "e2e/recording.spec.ts"] },
  { name: "memory", command: "npx", args: ["tsx", "bench/soak-memory.ts"] },
];
const names = parts.map(({ name }) => name);
if (positionals.some((name) => !names.includes(name)) || !(Number(values.minutes) > 0)) {
  console.error(`npm run soak -- [${names.join("] [")}] [--minutes N]; without names all of them.`);
  process.exit(1);
}
const build = { name: "build", command: "npm", args: ["run", "build", "--silent"] };
const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const failed = [build, ...chosen].filter(({ name, command, args }) => {
  console.log(`soak: ${name}`);
  return spawnSync(command, args, { stdio: "inherit", env }).status !== 0;
});
console.log(
  failed.length === 0 ? "soak: all passed" : `soak: ${failed.map(({ name }) => name).join(", ")} failed`,
);
process.exit(failed.length);
