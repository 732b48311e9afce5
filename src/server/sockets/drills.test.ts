import type { Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { isJsonObject } from "#base/json.ts";
import { fakeDrills } from "#testing/fake-drill-session.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { startTestServer, type TestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

const tokens = {
  SPILLWAY_TOKENS: "viewer:viewer-viewer-viewer,operator:operator-operator,admin:admin-admin-admin",
};
const { topology } = twoRegions();
const start = { feed: "by-hand", do: "start", plan: { victim: "east" }, speed: 8 };

let servers: TestServer[] = [];
let sockets: Socket[] = [];

beforeEach(() => {
  servers = [];
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const server of servers) await server.stop();
});

/** A start with a plan as it may be written by somebody who means no good. */
function withPlan(json: string): unknown {
  return JSON.parse(`{"feed":"by-hand","do":"start","speed":8,"plan":${json}}`);
}

/** A made-up feed with its first frame. The source is told what it is before anybody asks. */
async function serveTraffic(flags: readonly string[] = [], isMadeUp = true): Promise<TestServer> {
  const { startDrill } = fakeDrills();
  const server = await startTestServer(flags, tokens, { startDrill }, isMadeUp);
  servers.push(server);
  await server.source.emit(snapshotOf(topology, () => 7, Date.now()));
  return server;
}

/** A viewer, what it has heard, and the newest mark on its frames. */
async function join(server: TestServer, token: string, feed = "by-hand") {
  const socket = server.connect({ token });
  sockets.push(socket);
  const heard: (readonly [string, unknown])[] = [];
  let hello: unknown;
  let simulated: unknown;
  socket.on("hello", (body: unknown) => {
    hello = body;
    socket.emit("subscribe", { feed });
  });
  socket.on("drill", (body: unknown) => heard.push(["drill", body]));
  socket.on("drill-refusal", (body: unknown) => heard.push(["drill-refusal", body]));
  const show = (body: unknown) => {
    const frame = isJsonObject(body) ? body : {};
    if ("simulated" in frame) ({ simulated } = frame);
    socket.emit("ack", { seq: frame["seq"] });
  };
  socket.on("snapshot", show);
  socket.on("delta", show);
  await until(() => hello !== undefined);
  return { socket, heard, hello, mark: () => simulated };
}

const viewerToken = "viewer-viewer-viewer";
const operatorToken = "operator-operator";
const adminToken = "admin-admin-admin";

describe("a drill that everybody sees", () => {
  it("is started by an operator, shown and told to every viewer, and stopped by another", async () => {
    const server = await serveTraffic();
    const [viewer, operator, admin] = [
      await join(server, viewerToken),
      await join(server, operatorToken),
      await join(server, adminToken),
    ];
    expect(viewer.hello).toMatchObject({ feeds: [{ feed: "by-hand", drills: true }] });
    operator.socket.emit("drill", start);
    await until(() => isJsonObject(viewer.mark()), "a simulated frame");
    expect(viewer.mark()).toMatchObject({ victim: "east", drill: "fake" });
    const late = await join(server, viewerToken);
    await until(() => late.heard.length === 1);
    expect(late.heard[0]?.[1]).toMatchObject({ running: { by: "operator", speed: 8, drill: "fake" } });

    admin.socket.emit("drill", { feed: "by-hand", do: "stop" });
    await until(() => viewer.mark() === null, "the end of the drill");
    expect(viewer.heard.map(([, body]) => body)).toMatchObject([
      { feed: "by-hand", running: null },
      { running: { plan: { victim: "east" } } },
      { running: null, ended: "The drill was stopped by the role admin." },
    ]);
    expect(server.log.filter((line) => line.includes('"audit":true')).length).toBe(2);
    const metric = 'spillway_shared_drills_total{feed="by-hand"}';
    const page = await server.get("/metrics", { authorization: `Bearer ${viewerToken}` });
    expect(await page.text()).toContain(`${metric} 1`);
  });

  it.each<[string, string, object, string]>([
    ["a viewer", viewerToken, start, "for operators"],
    ["a viewer who would stop it", viewerToken, { feed: "by-hand", do: "stop" }, "for operators"],
    ["a second operator", operatorToken, start, "A drill runs here already"],
    ["whoever names another feed", operatorToken, { ...start, feed: "other" }, "shows no drills"],
  ])("refuses %s with a sentence, and goes on", async (_, token, asked, why) => {
    const server = await serveTraffic();
    const admin = await join(server, adminToken);
    admin.socket.emit("drill", start);
    const other = await join(server, token);
    await until(
      () => isJsonObject(other.mark()) || other.heard.some(([, b]) => JSON.stringify(b).includes("fake")),
    );
    other.socket.emit("drill", asked);
    await until(() => other.heard.some(([event]) => event === "drill-refusal"), "the refusal");
    expect(JSON.stringify(other.heard.find(([event]) => event === "drill-refusal"))).toContain(why);
    expect(admin.heard.some(([event]) => event === "drill-refusal")).toBe(false);
    expect(JSON.stringify(admin.heard.at(-1))).toContain("fake");
  });

  it.each<[string, readonly string[], boolean]>([
    ["on real traffic", [], false],
    ["where the settings say no", ["--shared-drills=nowhere"], true],
  ])("is never %s", async (_, flags, isMadeUp) => {
    const server = await serveTraffic(flags, isMadeUp);
    const operator = await join(server, operatorToken);
    expect(operator.hello).toMatchObject({ feeds: [{ drills: false }] });
    operator.socket.emit("drill", start);
    await until(() => operator.heard.length === 1);
    expect(operator.heard[0]?.[0]).toBe("drill-refusal");
    expect(operator.mark()).toBeUndefined();
  });

  it("ends when the server stops", async () => {
    const server = await serveTraffic();
    const operator = await join(server, operatorToken);
    operator.socket.emit("drill", start);
    await until(() => isJsonObject(operator.mark()));
    await server.stop();
    servers = [];
    expect(server.log.join("")).toContain("The server is stopping.");
  });
});

it("the simulation itself runs on the demo's own traffic, and gives way to it", async () => {
  const server = await startTestServer(["--source=demo", "--interval=100ms"], tokens, { sources: undefined });
  servers.push(server);
  const [viewer, operator] = [
    await join(server, viewerToken, "demo"),
    await join(server, operatorToken, "demo"),
  ];
  const plan = { victim: "us-east-1", leadInS: 0 };
  operator.socket.emit("drill", { feed: "demo", do: "start", plan, speed: 60 });
  const elapsed = () => {
    const mark = viewer.mark();
    return isJsonObject(mark) && mark["victim"] === "us-east-1" ? Number(mark["elapsedMs"]) : 0;
  };
  await until(() => elapsed() > 10_000, "ten simulated seconds");
  expect(operator.heard.at(-1)?.[1]).toMatchObject({
    running: { plan: { saviours: ["us-west-2", "eu-west-1"], policy: { id: "nimble" } } },
  });
  operator.socket.emit("drill", { feed: "demo", do: "stop" });
  await until(() => viewer.mark() === null, "the demo's own traffic");
});

it("10,000 malformed drills end no connection but their own, and start nothing", async () => {
  const server = await serveTraffic();
  const viewer = await join(server, viewerToken);
  const random = mulberry32(20_261_102);
  const odd: readonly unknown[] = [
    null,
    [],
    "start",
    {},
    { feed: "by-hand" },
    { ...start, do: "evacuate" },
    { ...start, feed: 7 },
    { ...start, plan: null },
    { ...start, plan: [] },
    { ...start, plan: "x".repeat(1000) },
    { ...start, plan: {} },
    { ...start, plan: { victim: 5 } },
    { ...start, plan: { victim: "east", saviours: "west" } },
    { ...start, plan: { victim: "east", policy: { id: "custom", phases: [[]] } } },
    withPlan('{"__proto__":{"polluted":true},"victim":"east","constructor":1}'),
    withPlan(`{"victim":${"[".repeat(1000)}${"]".repeat(1000)}}`),
    { ...start, speed: 0 },
    { ...start, speed: "8" },
    { ...start, speed: 1e300 },
    { ...start, speed: -1 },
    { feed: "by-hand", do: "speed" },
    { feed: "by-hand", do: "stop" },
    { feed: "by-hand", do: "fail-back" },
    { feed: "x".repeat(10_000), do: "stop" },
  ];
  for (let sent = 0; sent < 10_000; sent += 1600) {
    const attackers = Array.from({ length: 8 }, () => server.connect({ token: operatorToken }));
    await until(() => attackers.every(({ connected }) => connected));
    for (const attacker of attackers) {
      for (let i = 0; i < 200; i += 1) attacker.emit("drill", odd[Math.floor(random() * odd.length)]);
    }
    await until(() => attackers.every(({ connected }) => !connected), "the attackers' end");
  }
  await server.source.emit(snapshotOf(topology, () => 8, Date.now() + 1));
  const page = await server.get("/metrics", { authorization: `Bearer ${viewerToken}` });
  const metrics = await page.text();
  expect(metrics).toContain("spillway_handler_errors_total 0");
  expect(metrics).not.toContain("spillway_shared_drills_total{");
  expect([viewer.socket.connected, viewer.mark()]).toEqual([true, undefined]);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
}, 60_000);
