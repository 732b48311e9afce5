import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, expect, it } from "vitest";

import { isJsonObject } from "#base/json.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";

let server: TestServer | undefined;

afterEach(async () => {
  await server?.stop();
});

it("a scenario is listed, opened, and its frame is there under the address that it names", async () => {
  server = await startTestServer();
  const list: unknown = await (await server.get("/api/scenarios")).json();
  expect(list).toContainEqual(
    expect.objectContaining({ name: "slow-names", title: "us-east-1 is evacuated by DNS alone" }),
  );
  const scenario: unknown = await (await server.get("/api/scenarios/slow-names")).json();
  const { frame, plan } = isJsonObject(scenario) ? scenario : {};
  expect(plan).toMatchObject({ victim: "us-east-1", policy: { id: "dns-only" }, ttlS: 300 });
  const body: unknown = await (
    await server.get(`/api/frames/${typeof frame === "string" ? frame : ""}`)
  ).json();
  expect(isJsonObject(body) && body["t"]).toBe(1_793_650_500_000);
});

it.each(["nope", "..%2f..%2fpackage", "%00", "x".repeat(80)])("there is no scenario %s", async (name) => {
  server = await startTestServer();
  const answer = await server.get(`/api/scenarios/${name}`);
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
    404,
    '{"error":{"message":"There is no such scenario. /api/scenarios lists them."}}',
  ]);
});

it("scenarios are for those who may watch", async () => {
  server = await startTestServer([], { SPILLWAY_TOKENS: "viewer:0123456789abcdef" });
  const statuses: number[] = [];
  for (const path of ["/api/scenarios", "/api/scenarios/slow-names"]) {
    statuses.push((await server.get(path)).status);
    statuses.push((await server.get(path, { authorization: "Bearer 0123456789abcdef" })).status);
  }
  expect(statuses).toEqual([401, 200, 401, 200]);
});

it("a scenario whose frame cannot be kept says so", async () => {
  const data = join(mkdtempSync(join(tmpdir(), "spillway-data-")), "file");
  writeFileSync(data, "");
  server = await startTestServer([`--data=${data}`]);
  const answer = await server.get("/api/scenarios/slow-names");
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("--data")]);
});
