import { afterEach, describe, expect, it } from "vitest";

import { isJsonObject } from "#base/json.ts";
import { readBack, second } from "#testing/clips.ts";
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

/** A server that has recorded the seconds 1 to `count`. */
async function recorded(count: number): Promise<TestServer> {
  const server = await start();
  for (let n = 1; n <= count; n += 1) await emitted(server, n);
  return server;
}

async function emitted(server: TestServer, n: number): Promise<void> {
  await server.source.emit(second(n));
  // The feed shows the newest only: each has to be on the disk before the next one comes.
  while ((await server.metric('spillway_frames_total{feed="by-hand",recorded="yes"}')) < n);
}

const clipPath = "/api/feeds/by-hand/recording/clip";

async function clip(server: TestServer, query: string) {
  const answer = await server.get(`${clipPath}${query}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { answer, ...(await readBack(bytes)) };
}

function send(server: TestServer, method: string, path: string, body?: unknown, token?: string) {
  return fetch(`http://127.0.0.1:${server.port}/api/feeds/by-hand/bookmarks${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe("a clip of a feed", () => {
  it("is what was recorded between two moments, and what is bookmarked there", async () => {
    const server = await recorded(70);
    await send(server, "POST", "", { at: 61_000, note: "in it" });
    await send(server, "POST", "", { at: 2000, to: 59_500, note: "reaches into it" });
    await send(server, "POST", "", { at: 3000, note: "before it" });
    const { answer, header, frames, bookmarks, outcome } = await clip(server, "?from=59000&to=62500");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/gzip",
      "x-spillway-frames": "4",
      "content-disposition": 'attachment; filename="by-hand-1970-01-01T00-00-59Z.spillway.ndjson.gz"',
      "cache-control": "no-store",
    });
    expect(header).toEqual({
      feed: "by-hand",
      title: "by hand",
      intervalMs: 1000,
      from: 59_000,
      to: 62_500,
      names: "real",
    });
    expect(frames.map(({ snapshot }) => snapshot)).toEqual([59, 60, 61, 62].map(second));
    expect(bookmarks.map(({ note }) => note)).toEqual(["reaches into it", "in it"]);
    expect(outcome).toEqual({ kind: "whole" });
  });

  it("is everything when nobody says from when to when", async () => {
    const { frames, header } = await clip(await recorded(5), "");
    expect(frames.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect([header?.from, header?.to]).toEqual([1000, 5000]);
  });

  it("holds no name when pseudonyms are asked for", async () => {
    const server = await recorded(3);
    await send(server, "POST", "", { at: 2000, note: "secret" });
    const { header, frames, bookmarks } = await clip(server, "?names=pseudonyms");
    expect([header?.names, header?.feed]).toEqual(["pseudonyms", "feed"]);
    expect(frames[0]?.snapshot.topology.nodes.slice(0, 3).map(({ name }) => name)).toEqual([
      "everything",
      "entry-1",
      "region-1",
    ]);
    expect(frames.map(({ snapshot }) => [...snapshot.values])).toEqual(
      [1, 2, 3].map((n) => [...second(n).values]),
    );
    expect(bookmarks.map(({ note }) => note)).toEqual(["Bookmark 1"]);
  });

  it("has a note for its stretch where one is given, as it was written", async () => {
    const server = await recorded(3);
    const { bookmarks } = await clip(server, "?names=pseudonyms&from=1000&to=3000&note=look%20here");
    expect(bookmarks).toEqual([{ id: "cut", at: 1000, to: 3000, note: "look here" }]);
    expect((await server.get(`${clipPath}?note=${"x".repeat(501)}`)).status).toBe(400);
  });

  it.each([
    ["?from=5&to=1", 400, "Ask with from and to"],
    ["?from=x", 400, "Ask with from and to"],
    ["?names=none", 400, "Ask with from and to"],
    ["?from=1001&to=1999", 404, "Nothing is recorded between these moments."],
    ["?from=99000", 404, "Nothing is recorded between these moments."],
  ])("that cannot be is refused with a sentence: %s", async (query, status, sentence) => {
    const answer = await (await recorded(2)).get(`${clipPath}${query}`);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(sentence)]);
  });

  it("is not there for a feed that is not recorded, or is none, or for whoever may not watch", async () => {
    const server = await start(["--record=off"], { SPILLWAY_TOKENS: "viewer:0123456789abcdef" });
    const asViewer = { authorization: "Bearer 0123456789abcdef" };
    const unrecorded = await server.get(clipPath, asViewer);
    expect([unrecorded.status, await unrecorded.text()]).toEqual([
      404,
      expect.stringContaining("This feed is not recorded"),
    ]);
    expect((await server.get("/api/feeds/none/recording/clip", asViewer)).status).toBe(404);
    expect((await server.get(clipPath)).status).toBe(401);
  });
});

describe("bookmarks of a feed", () => {
  it("are set, listed in order of time, and removed", async () => {
    const server = await start();
    const first = await send(server, "POST", "", { at: 2000, note: "later" });
    const second0 = await send(server, "POST", "", { at: 1000, to: 3000 });
    expect([first.status, second0.status]).toEqual([201, 201]);
    const set: unknown = await first.json();
    const id = isJsonObject(set) ? set["id"] : undefined;
    const list = async () => (await server.get("/api/feeds/by-hand/bookmarks")).json();
    expect(await list()).toMatchObject({
      bookmarks: [
        { at: 1000, to: 3000, note: "" },
        { id, at: 2000, note: "later" },
      ],
    });
    expect((await send(server, "DELETE", `/${String(id)}`)).status).toBe(204);
    expect((await send(server, "DELETE", `/${String(id)}`)).status).toBe(404);
    expect(await list()).toMatchObject({ bookmarks: [{ at: 1000 }] });
  });

  it.each([
    [{}, "at: a moment"],
    [{ at: -1 }, "at: a moment"],
    [{ at: "now" }, "at: a moment"],
    [{ at: 5, to: 5 }, "to: a moment later than at"],
    [{ at: 5, note: 7 }, "note: a text of at most 500"],
    [{ at: 5, note: "x".repeat(501) }, "note: a text of at most 500"],
  ])("that cannot be are refused with a sentence: %j", async (body, sentence) => {
    const answer = await send(await start(), "POST", "", body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(sentence)]);
  });

  it("are set by operators and seen by viewers", async () => {
    const server = await start([], {
      SPILLWAY_TOKENS: "viewer:0123456789abcdef,operator:fedcba9876543210",
    });
    const [viewer, operator] = ["0123456789abcdef", "fedcba9876543210"];
    expect((await send(server, "POST", "", { at: 1 })).status).toBe(401);
    expect((await send(server, "POST", "", { at: 1 }, viewer)).status).toBe(403);
    expect((await send(server, "POST", "", { at: 1 }, operator)).status).toBe(201);
    expect((await send(server, "GET", "", undefined, viewer)).status).toBe(200);
    expect((await send(server, "DELETE", "/x", undefined, viewer)).status).toBe(403);
  });

  it("are not there for a feed that is none", async () => {
    expect((await (await start()).get("/api/feeds/none/bookmarks")).status).toBe(404);
  });
});
