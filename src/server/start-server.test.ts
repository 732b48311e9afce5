import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { outcome, startTestServer, type TestServer } from "#testing/test-server.ts";
import { turns, until } from "#testing/turns.ts";

import { readConfig } from "./config/read-config.ts";
import { createLogger } from "./logging.ts";
import { packageRoot } from "./package-root.ts";
import { startServer } from "./start-server.ts";
import { systemClock } from "./system-clock.ts";

const running: TestServer[] = [];

async function start(...options: Parameters<typeof startTestServer>): Promise<TestServer> {
  const server = await startTestServer(...options);
  running.push(server);
  return server;
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** An answer to a request with a Host header of our choice, which fetch does not let us make. */
function statusAs(host: string, port: number, path = "/healthz"): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function whyNotStarted(
  flags: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const config = readConfig(["--port=0", ...flags], environment);
  if (!config.ok) return config.error.messages.join("\n");
  const started = await startServer(config.value, {
    clock: systemClock(),
    random: mulberry32(1),
    logger: createLogger({ level: "error", format: "json" }, process.stderr),
    root: packageRoot(),
  });
  if (!started.ok) return started.error;
  await started.value.stop();
  return "started";
}

describe("the page", () => {
  it("is told to be missing when it was not built", async () => {
    const answer = await (await start()).get("/");
    expect([answer.status, (await answer.text()).includes("npm run build")]).toEqual([503, true]);
  });

  it("is served anew each time, its hashed files for ever", async () => {
    const pageFolder = mkdtempSync(join(tmpdir(), "spillway-page-"));
    mkdirSync(join(pageFolder, "assets"));
    writeFileSync(join(pageFolder, "index.html"), "<!doctype html><title>Spillway</title>");
    writeFileSync(join(pageFolder, "assets", "main-abc123.js"), "");
    const server = await start([], {}, { pageFolder });
    const [page, script] = [await server.get("/"), await server.get("/assets/main-abc123.js")];
    expect([page.headers.get("cache-control"), page.headers.get("content-type")]).toEqual([
      "no-cache",
      "text/html; charset=utf-8",
    ]);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await server.get("/../package.json")).status).toBe(404);
    expect((await server.get("/%2e%2e/package.json")).status).toBe(404);
  });

  it("comes compressed to whoever understands it, where the build has compressed it", async () => {
    const pageFolder = mkdtempSync(join(tmpdir(), "spillway-page-"));
    writeFileSync(join(pageFolder, "index.html"), "<!doctype html><title>Spillway</title>");
    writeFileSync(join(pageFolder, "main.js"), "plain");
    writeFileSync(join(pageFolder, "main.js.gz"), gzipSync("packed"));
    const server = await start([], {}, { pageFolder });
    const seen = async (path: string, encoding: string) => {
      const answer = await server.get(path, { "accept-encoding": encoding });
      const { headers } = answer;
      const told = ["content-encoding", "content-type", "vary"].map((name) => headers.get(name));
      return [answer.status, ...told, (await answer.text()).slice(0, 6)];
    };
    const type = "application/javascript; charset=utf-8";
    expect(await seen("/main.js", "gzip, br")).toEqual([200, "gzip", type, "Accept-Encoding", "packed"]);
    expect(await seen("/main.js", "identity")).toEqual([200, null, type, "Accept-Encoding", "plain"]);
    expect((await seen("/", "gzip, br")).slice(0, 2)).toEqual([200, null]);
  });

  it("may do only what the policy lets it", async () => {
    const { headers } = await (await start()).get("/");
    const shown = Object.fromEntries(
      [...headers].filter(([name]) => !["date", "content-length", "connection", "keep-alive"].includes(name)),
    );
    const withoutPort = JSON.parse(JSON.stringify(shown).replaceAll(/127\.0\.0\.1:\d+/g, "HOST")) as unknown;
    expect(withoutPort).toMatchInlineSnapshot(`
      {
        "content-security-policy": "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;font-src 'self';connect-src 'self' ws://HOST wss://HOST;worker-src 'self';manifest-src 'self';frame-ancestors 'self';base-uri 'none';form-action 'none';report-uri /api/csp-report",
        "content-type": "text/html; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "origin-agent-cluster": "?1",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-dns-prefetch-control": "off",
        "x-download-options": "noopen",
        "x-frame-options": "SAMEORIGIN",
        "x-permitted-cross-domain-policies": "none",
        "x-xss-protection": "0",
      }
    `);
  });

  it("reports what the policy stopped, and that is counted", async () => {
    const server = await start();
    const report = { "csp-report": { "blocked-uri": "inline", "effective-directive": "script-src" } };
    const answer = await fetch(`${server.url}api/csp-report`, {
      method: "POST",
      headers: { "content-type": "application/csp-report" },
      body: JSON.stringify(report),
    });
    expect([answer.status, await server.metric("spillway_csp_reports_total")]).toEqual([204, 1]);
    expect(server.log.join("")).toContain('"effective-directive":"script-src"');
  });
});

describe("health", () => {
  it("is well, ready, and tells how old each feed is", async () => {
    const server = await start();
    await server.source.emit(twoRegions(Date.now() - 5000));
    expect(await (await server.get("/healthz")).json()).toEqual({ status: "ok" });
    const ready = await server.get("/readyz");
    const text = await ready.text();
    const ageMs = Number(/"newestFrameAgeMs":(\d+)/.exec(text)?.[1]);
    expect([ready.status, text.includes('"status":"ready"'), ageMs >= 5000]).toEqual([200, true, true]);
  });

  it("is not ready while it drains, and lets nobody wait for ever", async () => {
    const server = await start(["--drain=2s"]);
    const stopping = server.stop();
    expect((await server.get("/readyz")).status).toBe(503);
    expect((await server.get("/healthz")).status).toBe(200);
    await stopping;
    running.splice(0);
    await expect(server.get("/healthz")).rejects.toThrow("fetch failed");
  });

  it("says goodbye to viewers when it stops, and when to come back", async () => {
    const server = await start();
    const socket = server.connect();
    const heard: string[] = [];
    socket.onAny((event: string) => heard.push(event));
    socket.on("disconnect", (reason) => heard.push(reason));
    await until(() => heard.includes("hello"));
    await server.stop();
    running.splice(0);
    await until(() => heard.length === 3);
    expect(heard[1]).toBe("goodbye");
  });
});

describe("metrics", () => {
  it("count viewers and frames", async () => {
    const server = await start();
    await server.source.emit(twoRegions(1));
    await server.source.emit(snapshotOf(twoRegions().topology, () => 1, 2));
    const socket = server.connect();
    socket.on("hello", () => socket.emit("subscribe", { feed: "by-hand" }));
    await until(() => socket.connected);
    await turns(20);
    expect(await server.metric('spillway_frames_total{feed="by-hand",recorded="yes"}')).toBe(2);
    await until(() => socket.connected);
    expect(await server.metric('spillway_viewers{feed="by-hand"}')).toBe(1);
    socket.disconnect();
  });

  it("are for viewers only where there are tokens", async () => {
    const server = await start([], { SPILLWAY_TOKENS: "viewer:0123456789abcdef,pusher:fedcba9876543210" });
    const status = async (token?: string) =>
      (await server.get("/metrics", token === undefined ? {} : { authorization: `Bearer ${token}` })).status;
    expect([await status(), await status("wrong"), await status("fedcba9876543210")]).toEqual([
      401, 401, 401,
    ]);
    expect(await status("0123456789abcdef")).toBe(200);
  });
});

describe("who may connect", () => {
  const tokens = { SPILLWAY_TOKENS: "viewer:0123456789abcdef,pusher:fedcba9876543210" };
  const operators = { ...tokens, SPILLWAY_TOKENS: "operator:0123456789abcdef" };

  it("is everybody on this machine, as operator, when there are no tokens", async () => {
    expect(await outcome((await start()).connect())).toMatchObject({
      hello: {
        protocol: 2,
        role: "operator",
        feeds: [{ feed: "by-hand", title: "by hand", intervalMs: 1000, drills: false }],
      },
    });
  });

  it.each<[string, Record<string, string>, { token?: string; headers?: Record<string, string> }, object]>([
    ["no token", tokens, {}, { refused: { cause: "token" } }],
    ["an empty token", tokens, { token: "" }, { refused: { cause: "token" } }],
    ["a wrong token", tokens, { token: "0123456789abcdeF" }, { refused: { cause: "token" } }],
    ["a very long token", tokens, { token: "x".repeat(10_000) }, { refused: { cause: "token" } }],
    ["a token that may only push", tokens, { token: "fedcba9876543210" }, { refused: { cause: "token" } }],
    ["a viewer's token", tokens, { token: "0123456789abcdef" }, { hello: { role: "viewer" } }],
    ["an operator's token", operators, { token: "0123456789abcdef" }, { hello: { role: "operator" } }],
    [
      "a token in the header",
      tokens,
      { headers: { authorization: "Bearer 0123456789abcdef" } },
      { hello: { role: "viewer" } },
    ],
    [
      "user names of a proxy that nobody asked for",
      tokens,
      { headers: { "x-forwarded-user": "admin", "x-webauth-user": "admin" } },
      { refused: { cause: "token" } },
    ],
  ])("with tokens configured, %s", async (_, environment, options, expected) => {
    const server = await start([], environment);
    expect(await outcome(server.connect(options))).toMatchObject(expected);
  });

  it("never has its token in the log", async () => {
    const server = await start([], tokens);
    await outcome(server.connect({ token: "not-the-right-token" }));
    await server.get("/metrics", { authorization: "Bearer not-the-right-token" });
    expect(server.log.join("")).not.toContain("not-the-right-token");
  });

  const evil = { origin: "http://evil.example" };
  it.each<[string, readonly string[], "websocket" | "polling", Record<string, string>, boolean]>([
    ["a strange page over WebSocket", [], "websocket", evil, false],
    ["a strange page over polling", [], "polling", evil, false],
    ["a page of no origin", [], "websocket", { origin: "null" }, false],
    ["a strange page's plain request", [], "polling", { "sec-fetch-site": "cross-site" }, false],
    ["a strange page that another led to", [], "polling", { referer: "http://evil.example/" }, false],
    ["an allowed page", ["--allow-origin=http://evil.example"], "websocket", evil, true],
    ["a program of this machine", [], "polling", {}, true],
  ])("%s", async (_, flags, transport, headers, isIn) => {
    const server = await start(flags);
    const result = await outcome(server.connect({ headers, transport }));
    expect("hello" in result).toBe(isIn);
    expect(await server.metric('spillway_refused_connections_total{cause="origin"}')).toBe(isIn ? 0 : 1);
  });

  it("is a page of our own", async () => {
    const server = await start();
    const headers = { origin: `http://127.0.0.1:${server.port}` };
    expect(await outcome(server.connect({ headers }))).toHaveProperty("hello");
  });

  it("is nobody by another name of this machine, which a strange page could point here", async () => {
    const { port } = await start();
    expect([await statusAs("evil.example", port), await statusAs(`localhost:${port}`, port)]).toEqual([
      403, 200,
    ]);
  });

  it("is not more than fits", async () => {
    const server = await start(["--max-viewers=1"]);
    const first = server.connect();
    await until(() => first.connected);
    expect(await outcome(server.connect())).toHaveProperty("refused");
    first.disconnect();
    await until(() => !first.connected);
  });

  it("by any name where everybody may see the traffic anyway", async () => {
    const { port } = await start(["--insecure-no-auth"]);
    expect(await statusAs("traffic.example", port)).toBe(200);
  });
});

describe("behind a proxy", () => {
  const flags = ["--public-url=https://host.example/base/"];
  const environment = { SPILLWAY_TOKENS: "viewer:0123456789abcdef" };

  it("answers below the base path, whether the proxy takes it off or not", async () => {
    const server = await start(flags, environment);
    expect(server.url).toBe("https://host.example/base/");
    expect([(await server.get("/base/healthz")).status, (await server.get("/healthz")).status]).toEqual([
      200, 200,
    ]);
    const { headers } = await server.get("/base/");
    expect(headers.get("content-security-policy")).toContain("report-uri /base/api/csp-report");
  });

  it("lets pages of that address in, and no others", async () => {
    const server = await start(flags, environment);
    const as = (origin: string) =>
      outcome(server.connect({ token: "0123456789abcdef", headers: { origin } }));
    expect(await as("https://host.example")).toHaveProperty("hello");
    expect(await as("https://other.example")).toHaveProperty("refused");
  });
});

describe("a server that would be unsafe or cannot start says why and what to do", () => {
  it.each<[string, readonly string[], string]>([
    ["other addresses without tokens", ["--host=0.0.0.0"], "Set SPILLWAY_TOKENS"],
    ["a public address without tokens", ["--public-url=https://x.example/"], "--insecure-no-auth"],
    ["a source of another kind", ["--source=prometheus:x"], 'There is no source "prometheus:x"'],
    ["a file that is not there", ["--source=file:/no/such/file.json"], "There is no such file."],
    ["no source at all", ["--source="], "Name one with --source"],
    [
      "an address that is not of this machine",
      ["--host=192.0.2.1", "--insecure-no-auth"],
      "This machine has no address",
    ],
  ])("%s", async (_, flags, why) => {
    expect(await whyNotStarted(flags)).toContain(why);
  });

  it("a port in use", async () => {
    const { port } = await start();
    expect(await whyNotStarted([`--port=${port}`])).toContain(`Port ${port} is in use`);
  });

  it("starts on other addresses when told that it may", async () => {
    expect(await whyNotStarted(["--host=0.0.0.0", "--insecure-no-auth"])).toBe("started");
    expect(await whyNotStarted(["--host=0.0.0.0"], { SPILLWAY_TOKENS: "viewer:0123456789abcdef" })).toBe(
      "started",
    );
  });
});

it("files of the same name are different feeds", async () => {
  const file = new URL("../../mock-data/vizceral/simple.json", import.meta.url).pathname;
  const flags = [`--source=file:${file}`, `--source=file:${file}`, "--source=demo"];
  const server = await start(flags, {}, { sources: undefined });
  const { hello } = await outcome(server.connect());
  expect(hello).toMatchObject({ feeds: [{ feed: "simple" }, { feed: "simple-2" }, { feed: "demo" }] });
});
