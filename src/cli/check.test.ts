import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { checkUsage, runCheck } from "./check.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command over texts instead of a disk. */
async function check(argv: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runCheck(argv, {
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

const good = JSON.stringify({ name: "shop", nodes: [{ name: "web" }] });

function mock(name: string): string {
  return readFileSync(new URL(`../../mock-data/${name}`, import.meta.url), "utf8");
}

describe("spillway check", () => {
  it("summarises a file in which nothing is odd", async () => {
    const run = await check(["demo.json"], { "demo.json": mock("topologies/three-regions.json") });
    expect(run).toEqual({
      code: 0,
      err: "",
      out: `demo.json: can be drawn

  492 nodes on 4 levels, 242 edges, 3 notices; written 2026-11-02 20:15:00 UTC
  requests/s that enter, by class: normal 133,256.5, warning 86.2, danger 284.2

  graph        nodes  edges  entering/s  failing  busiest edge/s  maxVolume
  global           4      9   133,626.9   0.21 %        63,270.2          -
    us-east-1     40     84    63,270.2   0.21 %        36,076.1   96,035.5
    us-west-2     37     75    38,794.9   0.17 %        25,386.4     67,937
    eu-west-1     38     74    31,562.3   0.28 %        19,373.1     73,536

  Nothing is odd.

`,
    });
  });

  it("groups what is odd by what was done about it, with the places", async () => {
    const { code, out } = await check(["a.json"], { "a.json": mock("vizceral/duplicates.json") });
    expect(code).toBe(0);
    expect(out.slice(out.indexOf("  Left out"))).toBe(`  Left out (4):
    left the node out, and what is inside it (3 times)
      nodes[1].nodes[1]  a second node called "api-1"
      nodes[2]           a second node called "INTERNET"
      nodes[3]           a second node called "api"
    left the copy out
      connections[2]  a second connection from "INTERNET" to "api" with the same rates

  Mended (1):
    added its rates to the first; what else it says was left out
      connections[1]  a second connection from "INTERNET" to "api"

`);
  });

  it("lists five of a kind, all of them when asked", async () => {
    const nodes = [{ name: "a" }, ...Array.from({ length: 12 }, () => ({}))];
    const files = { "a.json": JSON.stringify({ name: "g", nodes }) };
    expect((await check(["a.json"], files)).out).toContain("... and 7 more (--all lists them)");
    expect((await check(["a.json", "--all"], files)).out).toContain("nodes[12].name  a node without a name");
  });

  it("ends with 1 when a file cannot be drawn, and shows why", async () => {
    const run = await check(["good.json", "bad.json", "gone.json"], {
      "good.json": good,
      "bad.json": mock("vizceral/two-documents.json"),
    });
    expect(run.code).toBe(1);
    expect(run.out).toContain("good.json: can be drawn");
    expect(run.out).toContain(`bad.json: cannot be drawn

  This is not JSON: line 7, column 1: a second document begins here, and a file holds one.

  7 | {
      ^
`);
    expect(run.out).toContain("The file cannot be read: no such file: gone.json");
  });

  it("prints a report for programs", async () => {
    const run = await check(["--json", "a.json", "b.json"], { "a.json": good, "b.json": "[]" });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toEqual({
      files: [
        {
          path: "a.json",
          canBeDrawn: true,
          format: "vizceral",
          summary: {
            nodes: 1,
            edges: 0,
            notices: 0,
            levels: 2,
            classes: [
              { name: "normal", severity: "normal", entering: 0 },
              { name: "warning", severity: "warning", entering: 0 },
              { name: "danger", severity: "danger", entering: 0 },
            ],
            graphs: [{ name: "shop", level: 0, nodes: 1, edges: 0, entering: 0, failing: 0, busiestEdge: 0 }],
          },
          diagnostics: [],
        },
        {
          path: "b.json",
          canBeDrawn: false,
          failure: {
            message:
              "There is nothing to draw: this looks like dependencies of Zipkin, without an edge that can be drawn.",
          },
        },
      ],
    });
  });

  it.each([
    ["dependencies of Zipkin", [{ parent: "web", child: "cart", callCount: 86_400 }]],
    ["dependencies of Jaeger", { data: [{ parent: "web", child: "cart", callCount: 86_400 }], errors: null }],
    [
      "a service graph of AWS X-Ray",
      {
        StartTime: 1_700_000_000,
        EndTime: 1_700_000_060,
        Services: [
          { ReferenceId: 1, Name: "web", Edges: [{ ReferenceId: 2, SummaryStatistics: { OkCount: 60 } }] },
          { ReferenceId: 2, Name: "cart" },
        ],
      },
    ],
    [
      "a graph of Kiali",
      {
        timestamp: 1_700_000_000,
        duration: 60,
        elements: {
          nodes: [{ data: { id: "1", app: "web" } }, { data: { id: "2", app: "cart" } }],
          edges: [
            { data: { source: "1", target: "2", traffic: { protocol: "http", rates: { http: "1.00" } } } },
          ],
        },
      },
    ],
  ])("says what it is: %s", async (title, content) => {
    const { code, out } = await check(["a.json"], { "a.json": JSON.stringify(content) });
    expect(code).toBe(0);
    expect(out).toContain(`a.json: can be drawn; ${title}\n`);
    expect(out).toMatch(/ {4}unknown +2 +1 /);
  });

  it("lets no name steer the terminal", async () => {
    const file = JSON.stringify({
      name: "\u001B[2J\u0007",
      nodes: [{ name: "a\u202Eb" }, { name: "a\u202Eb" }],
    });
    const { out } = await check(["a.json"], { "a.json": file });
    expect(out).toContain("\\u001b[2J\\u0007");
    expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
  });

  it.each([[[]], [["--json"]], [["--colour", "a.json"]], [["-x"]]])(
    "ends with 3 when called as %j",
    async (argv) => {
      const run = await check(argv, { "a.json": good });
      expect(run).toMatchObject({ code: 3, out: "" });
      expect(run.err).toContain(checkUsage);
    },
  );

  it("explains itself, and takes what follows -- as a path", async () => {
    expect(await check(["--help"])).toEqual({ code: 0, out: checkUsage, err: "" });
    expect((await check(["--", "--json"], { "--json": good })).out).toMatch(/^--json: can be drawn/);
  });
});
