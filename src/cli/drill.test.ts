import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { drillUsage, runDrill } from "./drill.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command over texts instead of a disk. */
async function drill(argv: readonly string[], files: Readonly<Record<string, string>> = demo): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runDrill(argv, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readFile: async (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`no such file: ${path}`);
      return text;
    },
  });
  return { code, out, err };
}

function mock(name: string): string {
  return readFileSync(new URL(`../../mock-data/${name}`, import.meta.url), "utf8");
}

const demo = { "demo.json": mock("topologies/three-regions.json") };

interface RegionSketch {
  readonly name: string;
  readonly users: number;
  readonly maxVolume?: number;
}

/** A file of regions around the internet. */
function file(...regions: readonly RegionSketch[]): string {
  return JSON.stringify({
    renderer: "global",
    name: "all",
    nodes: [{ name: "INTERNET" }, ...regions.map(({ name, maxVolume }) => ({ name, maxVolume }))],
    connections: regions.map(({ name, users }) => ({
      source: "INTERNET",
      target: name,
      metrics: { normal: users },
    })),
  });
}

const roomy = {
  "a.json": file({ name: "east", users: 10, maxVolume: 90 }, { name: "west", users: 10, maxVolume: 90 }),
};

/** An hour of simulated time takes seconds where the machine is busy with other things. */
const patience = { timeout: 60_000 };

describe("spillway drill --region", patience, () => {
  it("says where the traffic goes, what the saviours bear, what is lost, and how sure that is", async () => {
    expect(await drill(["--region", "us-east-1", "demo.json"])).toEqual({
      code: 1,
      err: "",
      out: `demo.json: if us-east-1 goes

  63,270 requests/s move, divided by headroom; capacities as known.

  saviour     share   now/s   then/s         capacity/s    utilisation  verdict  fullest service
  us-west-2  41.0 %  38,795   64,722    67,937 - 88,318  73.3 - 95.3 %  tight    catalog-cache 95.3 %
  eu-west-1  59.0 %  31,562   68,905    73,536 - 95,597  72.1 - 93.7 %  tight    catalog-cache 93.7 %
  together           70,357  133,627  141,473 - 183,915  72.7 - 94.5 %

  Simulated, policy nimble, while 25.0 % of the answers of us-east-1 are errors: evacuated after
  8.0 min; 0.33 error-minutes in 60 min, at worst 95.3 % in us-west-2.

  Lost, for want of the service in a saviour:
    service        needed/s  missing in
    data-lake      10,353.7  us-west-2, eu-west-1
    ranking-model   4,635.0  eu-west-1
    ab-test         4,210.9  eu-west-1
    signup-web        529.4  us-west-2, eu-west-1
    notifications     485.1  us-west-2
    fraud-check       296.2  us-west-2, eu-west-1
    payments          111.1  us-west-2

  Keep in mind:
    - us-west-2 and eu-west-1: the capacity is a recent peak. It was borne, and more may be
      possible; how much, nobody has tried.
    - Calls go round: watch-history → events-queue → stream-processor → watch-history (more per
      request: 0.19 in us-east-1, 0.19 in us-west-2, 0.19 in eu-west-1).
    - Only one frame is known: what is usual, and what was borne before, it cannot say.

  Verdict: tight. The fullest is us-west-2, at 95.3 % of what is sure.
`,
    });
  });

  it("ends with 0, 1 or 2 by its verdict, and thresholds move it", async () => {
    const code = async (...flags: readonly string[]) =>
      (await drill(["--region=us-east-1", "--no-run", ...flags, "demo.json"])).code;
    expect(await code("--tight=0.96")).toBe(0);
    expect(await code()).toBe(1);
    expect(await code("--fits", "0.95")).toBe(2);
    expect(await code("--fits=0.8")).toBe(2);
    expect(await code("--split", "current-share")).toBe(2);
    expect(await code("--split=us-west-2=2,eu-west-1=3")).toBe(1);
    expect(await code("--saviours", "eu-west-1")).toBe(2);
    expect(await code("--saviours", "eu-west-1", "--saviours=us-west-2")).toBe(1);
    expect(await code("--capacity-factor=1.1")).toBe(0);
    expect(await code("--internal=stays")).toBe(1);
  });

  it("ends with 3 where no capacity is known, and says so", async () => {
    const files = { "a.json": file({ name: "east", users: 1 }, { name: "west", users: 1 }) };
    const run = await drill(["--region=east", "--split=current-share", "a.json"], files);
    expect(run.code).toBe(3);
    expect(run.out).toContain("Verdict: not known. Nobody knows what west can take.");
    expect(run.out).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it("tells what has no room anywhere", async () => {
    const files = {
      "a.json": file({ name: "east", users: 100 }, { name: "west", users: 10, maxVolume: 60 }),
    };
    const run = await drill(["--region=east", "--no-run", "a.json"], files);
    expect(run).toMatchObject({ code: 2, err: "" });
    expect(run.out.replaceAll(/\s+/g, " ")).toContain(
      "Verdict: does not fit. The fullest is west, at 183.3 % of what is sure. 50 requests/s have no room anywhere.",
    );
  });

  it("simulates the plan's policy, and nothing when told so", async () => {
    const told = async (...flags: readonly string[]) =>
      (await drill(["--region=east", ...flags, "a.json"], roomy)).out.replaceAll(/\s+/g, " ");
    expect(await told("--policy=classic")).toContain(
      "policy classic, while 25.0 % of the answers of east are errors: evacuated after 49.0 min;",
    );
    expect(await told("--policy=nothing")).toContain("not evacuated in 60 min;");
    expect(await told("--no-run")).not.toContain("Simulated");
  });

  it("prints a report for programs", async () => {
    const run = await drill(["--json", "--region=east", "--policy=classic", "--seed=7", "a.json"], roomy);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({
      kind: "region",
      path: "a.json",
      verdict: "fits",
      plan: { victim: "east", policy: { id: "classic" }, seed: 7 },
      forecast: {
        moved: 10,
        saviours: [{ region: "west", share: 1, before: 10, after: 20, fit: "fits" }],
        lost: [],
      },
      run: { minutesToEvacuate: 49, simulatedMinutes: 60, isStuck: false },
    });
    const never = await drill(["--json", "--region=east", "--policy=nothing", "a.json"], roomy);
    expect(JSON.parse(never.out)).toMatchObject({ run: { minutesToEvacuate: null } });
  });

  it("lets no name steer the terminal", async () => {
    const files = {
      "a.json": file(
        { name: "\u001B[2J", users: 1, maxVolume: 9 },
        { name: "b\u202Ec", users: 1, maxVolume: 9 },
      ),
    };
    const { out } = await drill(["--region", "\u001B[2J", "--no-run", "a.json"], files);
    expect(out).toContain("\\u001b[2J");
    expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
  });
});

describe("spillway drill --all", () => {
  it("loses every region in turn", async () => {
    expect(await drill(["--all", "demo.json"])).toEqual({
      code: 1,
      err: "",
      out: `demo.json: if one region goes

  lost       moves/s  by headroom  worst off      at  fullest service       by current share  worst off       at
  us-east-1   63,270  tight        us-west-2  95.3 %  catalog-cache 95.3 %  does not fit      us-west-2  108.5 %
  us-west-2   38,795  fits         us-east-1  83.6 %  catalog-cache 83.6 %  tight             us-east-1   92.8 %
  eu-west-1   31,562  fits         us-east-1  83.3 %  catalog-cache 83.3 %  fits              us-east-1   86.3 %

  Verdict, by headroom: tight.
`,
    });
  });

  it("says what is wrong with one region, and does not know then", async () => {
    const files = { "a.json": file({ name: "east", users: 5 }, { name: "west", users: 5, maxVolume: 20 }) };
    const run = await drill(["--all", "a.json"], files);
    expect(run.code).toBe(3);
    expect(run.out).toContain(`
  east        5  fits         west       50.0 %  -                fits              west          50.0 %
  west        5  -                                                not known         east       not known
`);
    expect(run.out).toContain('west: Nobody knows what "east" can take');
  });

  it("does not mind a region that nobody uses", async () => {
    const files = {
      "a.json": file({ name: "east", users: 5, maxVolume: 20 }, { name: "spare", users: 0, maxVolume: 20 }),
    };
    const run = await drill(["--all", "a.json"], files);
    expect(run.code).toBe(0);
    expect(run.out).toContain('spare: No user\'s traffic enters "spare": nothing would move.');
  });

  it("prints a report for programs, with null for what is not known", async () => {
    const files = { "a.json": file({ name: "east", users: 5 }, { name: "west", users: 5, maxVolume: 20 }) };
    const report: unknown = JSON.parse((await drill(["--all", "--json", "a.json"], files)).out);
    expect(report).toMatchObject({
      kind: "all",
      verdict: "unknown",
      regions: [
        { region: "east", byHeadroom: { ok: true, value: { verdict: "fits" } } },
        {
          region: "west",
          byHeadroom: { ok: false, error: { kind: "no-capacity" } },
          byCurrentShare: { ok: true, value: { total: { utilisation: { low: null, high: null } } } },
        },
      ],
    });
  });
});

describe("what spillway drill cannot do", () => {
  it.each([
    ["a file that is not there", ["--all", "gone.json"], "The file cannot be read: no such file: gone.json"],
    ["what is not JSON", ["--all", "bad.json"], "This is not JSON: line 1, column 1"],
    ["a graph of one region", ["--all", "one.json"], "This graph shows the inside of one region"],
    [
      "a region that does not exist",
      ["--region=mars", "demo.json"],
      'There is no region "mars". Choose among us-east-1, us-west-2 and eu-west-1.',
    ],
    [
      "a saviour that does not exist",
      ["--region=us-east-1", "--saviours=mars", "demo.json"],
      'There is no region "mars".',
    ],
    ["the only region", ["--region=east", "alone.json"], '"east" is the only region'],
  ])("says so of %s, and ends with 3", async (_, argv, message) => {
    const files = {
      ...demo,
      "bad.json": "?",
      "one.json": mock("topologies/one-region.json"),
      "alone.json": file({ name: "east", users: 1 }),
    };
    const run = await drill(argv, files);
    expect(run).toMatchObject({ code: 3, err: "" });
    expect(run.out).toContain("no drill is possible");
    expect(run.out.replaceAll(/\s+/g, " ")).toContain(message);
    expect(JSON.parse((await drill([...argv, "--json"], files)).out)).toMatchObject({ kind: "failure" });
  });

  it.each([
    [[], "needs either --region NAME, for one region, or --all"],
    [["--all", "--region=a", "x"], "needs either --region NAME"],
    [["--all"], "needs a file to look at"],
    [["--all", "a", "b"], "takes one file, not 2"],
    [["--al", "a"], "does not know --al. Did you mean --all?"],
    [["--region"], "--region needs a value behind it."],
    [["--region=a", "--region=b", "x"], "--region is given twice. Give it once."],
    [["--all", "--policy=classic", "x"], "--policy goes with --region, not with --all."],
    [["--all", "--no-run", "x"], "--no-run goes with --region, not with --all."],
    [["--region=a", "--policy=nimbel", "x"], '--policy is "nimbel". Choose one of nimble, classic,'],
    [["--region=a", "--capacity-factor=9", "x"], "--capacity-factor is 9. Make it a number from 0.5 to 3."],
    [
      ["--region=a", "--capacity-factor=", "x"],
      "--capacity-factor is not a number. Make it a number from 0.5 to 3.",
    ],
    [["--region=a", "--internal=moves", "x"], '--internal is "moves". Choose one of follows and stays.'],
    [["--region=a", "--seed=-1", "x"], "--seed is -1. Make it a whole number from 0 to 4294967295."],
    [["--region=a", "--saviours=a,b", "x"], '--saviours names "a", which is the region that goes.'],
    [
      ["--region=a", "--split=fair", "x"],
      '--split is "fair". Make it headroom, current-share, or shares by region',
    ],
    [["--region=a", "--split=b=0", "x"], "--split.shares gives nobody anything."],
    [["--all", "--tight=much", "x"], "--tight is a utilisation above 0 and up to 10, such as 0.9."],
    [["--all", "--tight=1.2", "x"], "--tight is 1.2, above --fits, which is 1."],
  ])("ends with 3 when called as %j", async (argv, message) => {
    const run = await drill(argv);
    expect(run).toMatchObject({ code: 3, out: "" });
    expect(run.err).toContain(message);
    expect(run.err).toContain(drillUsage);
  });

  it("explains itself, and takes what follows -- as a path", async () => {
    expect(await drill(["--help"])).toEqual({ code: 0, out: drillUsage, err: "" });
    expect((await drill(["--all", "--", "--json"], { "--json": roomy["a.json"] })).out).toMatch(
      /^--json: if one region goes/,
    );
  });
});
