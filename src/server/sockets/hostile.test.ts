import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { mulberry32, type Random } from "#base/random.ts";
import { isJsonObject } from "#base/json.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { cases } from "#testing/cases.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

import { onEvent } from "./guarded.ts";

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(async () => {
  await server.stop();
});

const { topology } = twoRegions();

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** Bodies that no viewer sends. */
function oddBody(random: Random): unknown {
  return pick(random, [
    null,
    [],
    -1,
    "x".repeat(1000),
    { feed: 5 },
    { feed: "by-hand", epoch: {}, seq: -1 },
    { feed: "by-hand", epoch: "x".repeat(5000), seq: 1 },
    { feed: "no such feed" },
    { seq: "1" },
    { seq: 1e300 },
    { seq: Math.floor(random() * 10) },
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    JSON.parse(`${"[".repeat(2000)}${"]".repeat(2000)}`),
  ]);
}

/** Packets that are no packets of socket.io, as text of an engine.io message. */
function oddPacket(random: Random): string | undefined {
  return pick(random, [
    "",
    "9",
    "2{",
    '2["subscribe"',
    '2["subscribe",]',
    "2[]",
    "2[null]",
    '2[{"subscribe":1}]',
    '2["disconnect",1]',
    '2["connect_error"]',
    '299999999["ack",{"seq":1}]',
    '51-["ack",{"_placeholder":true,"num":0}]',
    '599999999-["ack",{"_placeholder":true,"num":99}]',
    "0/admin,",
    '0{"token":{}}',
    "1",
    "3",
    "3999[]",
    `2["ack",${"9".repeat(500)}]`,
    String.fromCharCode(...Array.from({ length: 20 }, () => Math.floor(random() * 0xffff))),
  ]);
}

/** 10,000 in `npm test` and in CI. */
const packetCount = cases(10_000);

describe(`${packetCount} malformed packets`, () => {
  it("end no connection but their own, and the feed goes on for others, gap-free", async () => {
    const viewer = server.connect();
    const seen: number[] = [];
    viewer.on("hello", () => viewer.emit("subscribe", { feed: "by-hand" }));
    const show = (body: unknown) => {
      const seq = isJsonObject(body) ? Number(body["seq"]) : NaN;
      seen.push(seq);
      viewer.emit("ack", { seq });
    };
    viewer.on("snapshot", show);
    viewer.on("delta", show);
    await server.source.emit(snapshotOf(topology, () => 0, 0));
    await until(() => seen.length === 1);

    const random = mulberry32(20_261_101);
    let sent = 0;
    for (let at = 1; sent < packetCount; at += 1) {
      const attackers = Array.from({ length: 8 }, () => server.connect());
      await until(() => attackers.every(({ connected }) => connected));
      for (const attacker of attackers) {
        // A connection is closed after 40 odd events, or one odd packet.
        for (let i = 0; i < 60; i += 1) {
          const event = pick(random, ["subscribe", "ack", "ack", "nonsense", "hello"]);
          attacker.emit(event ?? "", oddBody(random), ...(random() < 0.1 ? [oddBody(random)] : []));
        }
        attacker.io.engine.write(oddPacket(random) ?? "");
        sent += 61;
      }
      await until(() => attackers.every(({ connected }) => !connected), "the attackers' end");
      for (const attacker of attackers) attacker.disconnect();
      await server.source.emit(snapshotOf(topology, () => at, at));
      await until(() => seen.length === at + 1, "the next frame");
    }

    expect(seen).toEqual(Array.from(seen.keys(), (i) => i + 1));
    expect(viewer.connected).toBe(true);
    expect(await server.metric("spillway_handler_errors_total")).toBe(0);
    expect(await server.metric("spillway_bad_messages_total")).toBeGreaterThan(0.4 * packetCount);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    viewer.disconnect();
  });

  it("of one kind that is too large close the connection", async () => {
    const attacker = server.connect();
    await until(() => attacker.connected);
    attacker.emit("subscribe", { feed: "x".repeat(100_000) });
    await until(() => !attacker.connected);
    expect((await server.get("/healthz")).status).toBe(200);
  });
});

describe("a viewer's connection", () => {
  it("is closed when it says too much", async () => {
    await server.source.emit(twoRegions(1));
    const viewer = server.connect();
    await until(() => viewer.connected);
    for (let i = 0; i < 100; i += 1) viewer.emit("subscribe", { feed: "by-hand" });
    await until(() => !viewer.connected);
    expect(await server.metric('spillway_viewers{feed="by-hand"}')).toBe(0);
  });

  it("is told of a feed that does not exist", async () => {
    const viewer = server.connect();
    const heard: unknown[] = [];
    viewer.on("refusal", (body: unknown) => heard.push(body));
    viewer.on("hello", () => viewer.emit("subscribe", { feed: "nope" }));
    await until(() => heard.length === 1);
    expect(heard).toEqual([{ cause: "feed", message: 'The server has no feed "nope".' }]);
    viewer.disconnect();
  });
});

it("a handler that throws ends its own connection only", () => {
  const handlers = new Map<string, (raw: unknown) => void>();
  const told: string[] = [];
  const socket = {
    on: (event: string, handler: (raw: unknown) => void) => void handlers.set(event, handler),
    disconnect: (isClosing: boolean) => void told.push(`disconnect ${isClosing}`),
  };
  onEvent(socket, "ack", { onThrow: (error) => told.push(String(error)) }, () => {
    throw new Error("a bug");
  });
  must(handlers.get("ack"))({});
  expect(told).toEqual(["Error: a bug", "disconnect true"]);
});
