import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { isJsonObject } from "#base/json.ts";
import { snapshotBody } from "#protocol/snapshot-message.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";

const running: TestServer[] = [];

async function start(...options: Parameters<typeof startTestServer>): Promise<TestServer> {
  const server = await startTestServer(...options);
  running.push(server);
  return server;
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const { topology } = twoRegions();
const frame = (at: number) => snapshotOf(topology, (edge) => edge * at, at);

/** What an answer says. */
function saidIn(body: unknown): { readonly hash: string; readonly message: string } {
  const { hash, error } = isJsonObject(body) ? body : {};
  const message = isJsonObject(error) ? error["message"] : undefined;
  return {
    hash: typeof hash === "string" ? hash : "",
    message: typeof message === "string" ? message : "",
  };
}

async function freeze(
  server: TestServer,
  body?: string,
  headers: Record<string, string> = {},
  feed = "by-hand",
): Promise<{ readonly status: number; readonly hash: string; readonly message: string }> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/feeds/${feed}/freeze`, {
    method: "POST",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, ...saidIn(await answer.json()) };
}

const asViewer = { authorization: "Bearer 0123456789abcdef" };
const tokens = { SPILLWAY_TOKENS: "viewer:0123456789abcdef,pusher:fedcba9876543210" };

describe("freezing a frame", () => {
  it("keeps the newest one, or that of a moment, and gives it to everybody who knows its address", async () => {
    const server = await start();
    for (const at of [1000, 2000, 3000]) await server.source.emit(frame(at));
    for (const [ask, at] of [
      [undefined, 3000],
      ["{}", 3000],
      ['{"at":2500}', 2000],
      ['{"at":9e15}', 3000],
    ] as const) {
      const { status, hash } = await freeze(server, ask);
      const answer = await server.get(`/api/frames/${hash}`);
      expect([status, answer.status, await answer.text()]).toEqual([201, 200, snapshotBody(frame(at))]);
    }
    expect(await server.metric("spillway_frozen_frames")).toBe(2);
  });

  it("gives an answer that never changes, packed for whoever takes it", async () => {
    const server = await start();
    await server.source.emit(frame(1));
    const { hash } = await freeze(server);
    const { headers } = await server.get(`/api/frames/${hash}`);
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "private, max-age=31536000, immutable",
      etag: `"${hash}"`,
      "content-type": "application/json; charset=utf-8",
      "content-encoding": "gzip",
    });
    const plain = await server.get(`/api/frames/${hash}`, { "accept-encoding": "identity" });
    expect([plain.headers.get("content-encoding"), await plain.text()]).toEqual([
      null,
      snapshotBody(frame(1)),
    ]);
    const known = await server.get(`/api/frames/${hash}`, { "if-none-match": `W/"x", "${hash}"` });
    expect([known.status, await known.text()]).toEqual([304, ""]);
  });

  it("survives a restart of the server", async () => {
    const data = mkdtempSync(join(tmpdir(), "spillway-data-"));
    const first = await start([`--data=${data}`]);
    await first.source.emit(frame(1));
    const { hash } = await freeze(first);
    await first.stop();
    running.splice(0);
    const second = await start([`--data=${data}`]);
    expect(await (await second.get(`/api/frames/${hash}`)).text()).toBe(snapshotBody(frame(1)));
  });

  it("names a damaged file in the log and has the frame no more", async () => {
    const data = mkdtempSync(join(tmpdir(), "spillway-data-"));
    const server = await start([`--data=${data}`]);
    await server.source.emit(frame(1));
    const { hash } = await freeze(server);
    const [file = ""] = readdirSync(join(data, "frames"));
    writeFileSync(join(data, "frames", file), "damaged");
    expect((await server.get(`/api/frames/${hash}`)).status).toBe(404);
    expect(server.log.join("")).toContain(`Passed over ${join(data, "frames", file)}`);
  });

  it("says what to do where it cannot be kept", async () => {
    const data = mkdtempSync(join(tmpdir(), "spillway-data-"));
    rmSync(data, { recursive: true });
    writeFileSync(data, "a file where a folder should be");
    const server = await start([`--data=${data}`]);
    await server.source.emit(frame(1));
    const { status, message } = await freeze(server);
    expect([status, message]).toEqual([503, expect.stringContaining("--data")]);
    expect((await server.get("/healthz")).status).toBe(200);
  });
});

describe("a frame that cannot be frozen is refused with a sentence", () => {
  it.each<[string, string, string | undefined, number, string]>([
    ["of a feed that is not there", "nope", undefined, 404, "It has: by-hand."],
    ["of a feed with a path for a name", "..%2f..%2fetc", undefined, 404, "no such feed"],
    ["of a moment before the history", "by-hand", '{"at":-1}', 410, "no longer kept"],
    ["of a moment that is none", "by-hand", '{"at":"now"}', 400, "milliseconds since 1970"],
    ["of a moment beyond all numbers", "by-hand", '{"at":1e999}', 400, "milliseconds since 1970"],
    ["of a list", "by-hand", "[]", 400, "milliseconds since 1970"],
    ["asked for in no language", "by-hand", "{", 400, "JSON"],
    ["asked for at length", "by-hand", `{"at":1,"x":"${"x".repeat(5000)}"}`, 413, "too large"],
    ["with a poisoned ask", "by-hand", '{"__proto__":{"at":1}}', 400, "."],
  ])("%s", async (_, feed, ask, status, why) => {
    const server = await start();
    await server.source.emit(frame(1));
    const refused = await freeze(server, ask, {}, feed);
    expect([refused.status, refused.message]).toEqual([status, expect.stringContaining(why)]);
  });

  it("before there is one", async () => {
    const refused = await freeze(await start());
    expect([refused.status, refused.message]).toEqual([503, expect.stringContaining("yet")]);
  });

  it("while a drill is shown", async () => {
    const server = await start();
    const simulated = { drill: "d", victim: "east", saviours: [], stage: "dns", elapsedMs: 0 } as const;
    await server.source.emit(createSnapshot({ ...frame(1), simulated }));
    const refused = await freeze(server);
    expect([refused.status, refused.message]).toEqual([409, expect.stringContaining("Stop it")]);
  });

  it("when there are too many", async () => {
    const server = await start();
    await server.source.emit(frame(1));
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await freeze(server)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([201, 429]);
  });

  it("to a page of somebody else", async () => {
    const server = await start();
    await server.source.emit(frame(1));
    const strange = await freeze(server, "{}", { origin: "http://evil.example" });
    expect([strange.status, strange.message]).toEqual([403, expect.stringContaining("evil.example")]);
  });

  it("to whoever may not watch, and its frames likewise", async () => {
    const server = await start([], tokens);
    await server.source.emit(frame(1));
    const { hash } = await freeze(server, "{}", asViewer);
    expect(hash).not.toBe("");
    for (const [authorization, status] of [
      ["", 401],
      ["Bearer wrong", 401],
      ["Bearer fedcba9876543210", 403],
    ] as const) {
      expect((await freeze(server, "{}", { authorization })).status).toBe(status);
      expect((await server.get(`/api/frames/${hash}`, { authorization })).status).toBe(status);
    }
    expect((await server.get(`/api/frames/${hash}`, asViewer)).status).toBe(200);
  });
});

it.each([
  ["a path", "..%2f..%2f..%2fetc%2fpasswd"],
  ["an address of nothing", "a".repeat(32)],
  ["capitals", "A".repeat(32)],
  ["a zero", "%00"],
  ["an escape of nothing", "%zz"],
  ["a very long name", "a".repeat(5000)],
])("there is no frame at %s, which is told in a sentence", async (_, address) => {
  const answer = await (await start()).get(`/api/frames/${address}`);
  const { message } = saidIn(await answer.json());
  expect([answer.status >= 400 && answer.status < 500, message.endsWith(".")]).toEqual([true, true]);
});
