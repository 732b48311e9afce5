/**
 * Everything that there is to test, in one command: finds a Chromium (or installs one, where it may), builds, and runs the unit, dom, gpu and end-to-end
 * tests. Ends with a line such as "123 passed, 0 failed".
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import process from "node:process";

import { findChromium } from "./chromium.mjs";

const results = "test-results/counts";

/** What ended with something else than 0, and with what: a run may have passed every test and still have come to grief. */
const griefs = [];

function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const { status, signal } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (status !== 0) griefs.push(`${title}: ended with ${signal ?? status}`);
  return status === 0;
}

/**
 * The same for tests. Where the run decides over somebody else's work, one that ends with an error although every test that it came to has passed is tried once more, as a single
 * end-to-end test is (playwright.config.ts); what it ended with is told all the same.
 */
function runTests(title, args, counts, env = {}) {
  if (run(title, "npx", args, env)) return true;
  if (process.env["CI"] === undefined || counts().failed > 0) return false;
  return run(`${title}, once more`, "npx", args, env);
}

/** Debian's package as root, else Playwright's own download; each only where it can work. */
function ensureChromium() {
  if (findChromium() !== undefined) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    run("installing Chromium (Debian package)", "apt-get", ["update", "-qq"]);
    run("installing Chromium (Debian package)", "apt-get", ["install", "-y", "-qq", "chromium"], {
      DEBIAN_FRONTEND: "noninteractive",
    });
  } else {
    run("installing Chromium (Playwright's)", "npx", ["playwright", "install", "chromium"]);
  }
  if (findChromium() === undefined) {
    console.error("No Chromium was found, and none could be installed.");
    console.error("Install one (for example: apt-get install chromium), or set TEST_CHROMIUM to its path.");
    process.exit(1);
  }
}

/** Counts of a report in the format that Jest began and Vitest writes too. */
function countsOfVitest(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countsOfPlaywright(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

ensureChromium();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// Tests against real exporters have a package of their own. Without it they are skipped, or fail where TEST_REAL=required.
run("installing the exporters of OpenTelemetry", "npm", ["ci", "--no-progress", "--prefix", "e2e/otel"]);

const built = run("build", "npm", ["run", "build", "--silent"]);
const vitest = (projects) => [
  "vitest",
  "run",
  ...projects.flatMap((project) => ["--project", project]),
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${results}/${projects[0]}.json`,
];
const countsOf = {
  unit: () => countsOfVitest(`${results}/unit.json`),
  gpu: () => countsOfVitest(`${results}/gpu.json`),
  e2e: () => countsOfPlaywright(`${results}/e2e.json`),
};
const ran = [
  runTests("unit and dom tests, with all cases", vitest(["unit", "dom"]), countsOf.unit, {
    TEST_CASES: "all",
  }),
  runTests("gpu tests, in Chromium", vitest(["gpu"]), countsOf.gpu),
  built &&
    runTests("end-to-end tests, real server and Chromium", ["playwright", "test"], countsOf.e2e, {
      PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/e2e.json`,
    }),
];

const counts = [countsOf.unit(), countsOf.gpu(), countsOf.e2e()];
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
// A run that died says so even where every test that it came to has passed.
const died = ran.filter((ok) => !ok).length > 0 && sum("failed") === 0 ? 1 : 0;
const revision = safely(() =>
  execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
);
console.log(`\n${revision === undefined ? "" : `${revision}: `}${sum("skipped")} skipped`);
for (const grief of griefs) console.log(grief);
console.log(`${sum("passed")} passed, ${sum("failed") + died} failed`);
process.exit(sum("failed") + died === 0 ? 0 : 1);

function safely(make) {
  try {
    return make();
  } catch {
    return undefined;
  }
}
