import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { snapshotBody } from "#protocol/snapshot-message.ts";
import { packageRoot } from "#server/package-root.ts";

import { listScenarios, readScenario } from "./scenarios.ts";

const mockData = join(packageRoot(), "mock-data");

function folderWith(scenario: string, name = "mine.json"): string {
  const folder = mkdtempSync(join(tmpdir(), "scenarios-"));
  for (const inner of ["scenarios", "topologies"]) mkdirSync(join(folder, inner));
  writeFileSync(join(folder, "scenarios", name), scenario);
  writeFileSync(join(folder, "topologies", "small.json"), '{"nodes":[{"name":"east"}],"connections":[]}');
  writeFileSync(join(folder, "topologies", "broken.json"), "{");
  return folder;
}

const mine = { title: "Mine", frame: "topologies/small.json", plan: { victim: "east" } };

describe("the scenarios that come with the program", () => {
  it("can all be read, and name regions that their traffic has", async () => {
    const unreadable: string[] = [];
    const titles = await listScenarios(mockData, (why) => unreadable.push(why));
    expect([unreadable, titles.map(({ name }) => name)]).toEqual([
      [],
      expect.arrayContaining(["drain-a-healthy-region", "evacuate-without-scaling", "slow-names"]),
    ]);
    for (const { name, title, description } of titles) {
      const scenario = must(await readScenario(mockData, name));
      if (!scenario.ok) throw new Error(scenario.error);
      const { plan, frame } = scenario.value;
      const regions = frame.topology.nodes.filter(({ parent }) => parent === 0).map((node) => node.name);
      expect(regions).toEqual(expect.arrayContaining([plan.victim, ...plan.saviours]));
      expect([title, description].every((text) => text.length < 400)).toBe(true);
    }
  });

  it("start from the same frame each time", async () => {
    const bodies = await Promise.all(
      [1, 2].map(async () => {
        const scenario = must(await readScenario(mockData, "slow-names"));
        return scenario.ok ? snapshotBody(scenario.value.frame) : scenario.error;
      }),
    );
    expect(bodies[0]).toBe(bodies[1]);
  });
});

describe("a scenario of one's own", () => {
  it("needs a title, a frame and a plan", async () => {
    const folder = folderWith(JSON.stringify(mine));
    expect(await readScenario(folder, "mine")).toMatchObject({
      ok: true,
      value: { name: "mine", title: "Mine", description: "", plan: { victim: "east" }, commands: [] },
    });
  });

  it.each<[string, string, string]>([
    ["no JSON", "{", "it is not JSON"],
    ["a list", "[]", "title and description are texts"],
    ["a title that is none", JSON.stringify({ ...mine, title: 7 }), "title and description are texts"],
    ["no plan", JSON.stringify({ ...mine, plan: undefined }), "The plan"],
    [
      "an odd command",
      JSON.stringify({ ...mine, commands: [{ atMs: 1, kind: "jump" }] }),
      "commands[0].kind",
    ],
    [
      "a frame elsewhere",
      JSON.stringify({ ...mine, frame: "topologies/../../etc/passwd" }),
      "frame is the path",
    ],
    ["a frame at the root", JSON.stringify({ ...mine, frame: "/etc/passwd" }), "frame is the path"],
  ])("with %s is left out of the list, and why is told with its file", async (_, text, why) => {
    const folder = folderWith(text);
    const unreadable: string[] = [];
    expect(await listScenarios(folder, (said) => unreadable.push(said))).toEqual([]);
    expect(unreadable).toEqual([expect.stringContaining(why)]);
    expect(unreadable[0]).toContain("scenarios/mine.json");
  });

  it.each([
    ["no.json", "cannot be read"],
    ["broken.json", "This is not JSON"],
  ])("whose frame is %s says so when it is opened", async (file, why) => {
    const folder = folderWith(JSON.stringify({ ...mine, frame: `topologies/${file}` }));
    const opened = must(await readScenario(folder, "mine"));
    expect(opened.ok ? "" : opened.error).toContain(why);
  });

  it("with a name that no address can have is left out too", async () => {
    const unreadable: string[] = [];
    const folder = folderWith(JSON.stringify(mine), "Mine & others.json");
    expect(await listScenarios(folder, (said) => unreadable.push(said))).toEqual([]);
    expect(unreadable).toEqual(["Mine & others.json: names have small letters, digits and dashes only."]);
  });

  it.each(["nope", "..", "../scenarios/mine", "", "MINE", "a".repeat(65), "mine\0"])(
    "called %j does not exist",
    async (name) => {
      expect(await readScenario(folderWith(JSON.stringify(mine)), name)).toBeUndefined();
    },
  );
});

it("without a folder there are none", async () => {
  expect(await listScenarios("/no/such/folder", () => {})).toEqual([]);
});
