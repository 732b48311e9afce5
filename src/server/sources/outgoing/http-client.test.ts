import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, describe, expect, it } from "vitest";

import { systemClock } from "#server/system-clock.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns, until } from "#testing/turns.ts";

import { httpClient, type HttpClient, type HttpSettings } from "./http-client.ts";
import { NoAnswer } from "./no-answer.ts";

const closes: (() => void)[] = [];
const never = new AbortController().signal;
const usual: HttpSettings = { headers: {}, timeoutMs: 60_000, greatestBytes: 1_000 };

afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function listen(server: Server, scheme = "http"): Promise<URL> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closes.push(() => void server.close());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on an address
  const { port } = server.address() as AddressInfo;
  return new URL(`${scheme}://127.0.0.1:${port}/graph?secret=1`);
}

function client(settings: Partial<HttpSettings> = {}, clock = systemClock(undefined)): HttpClient {
  const made = httpClient({ ...usual, ...settings }, clock);
  closes.push(() => made.close());
  return made;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

async function whyNot(asking: Promise<unknown>): Promise<string> {
  const error: unknown = await asking.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoAnswer);
  return error instanceof Error ? error.message : "";
}

describe("asking another system over HTTP", () => {
  it("gives the status, the headers and the text, unpacked", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(418, { "content-encoding": "gzip", etag: '"1"' });
      response.end(gzipSync("grüße"));
    });
    const { status, headers, text } = await client().ask(url, { signal: never });
    expect([status, headers["etag"], text]).toEqual([418, '"1"', "grüße"]);
  });

  it.each([
    [{ basic: { user: "me", password: "pä:ss" } }, `Basic ${Buffer.from("me:pä:ss").toString("base64")}`],
    [{ bearer: "abc" }, "Bearer abc"],
    [{ bearer: "abc", headers: { Authorization: "Own" } }, "Own"],
  ])("sends the credentials of %j", async (settings, expected) => {
    const url = await serve((request, response) => response.end(request.headers.authorization));
    expect((await client(settings).ask(url, { signal: never })).text).toBe(expected);
  });

  it("reads secrets from files, each time anew", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "spillway-")), "secret");
    const url = await serve((request, response) => response.end(request.headers.authorization));
    const [bearer, basic] = [
      client({ bearerFile: path }),
      client({ basic: { user: "me", passwordFile: path } }),
    ];
    expect(await whyNot(bearer.ask(url, { signal: never }))).toContain("file of credentials cannot be read");
    writeFileSync(path, "one\n");
    expect((await bearer.ask(url, { signal: never })).text).toBe("Bearer one");
    writeFileSync(path, "two\n");
    expect((await bearer.ask(url, { signal: never })).text).toBe("Bearer two");
    expect((await basic.ask(url, { signal: never })).text).toBe(`Basic ${btoa("me:two")}`);
  });

  it("posts a body", async () => {
    const url = await serve((request, response) => void request.pipe(response));
    expect((await client().ask(url, { method: "POST", body: "ä", signal: never })).text).toBe("ä");
  });
});

describe("no answer is a sentence without credentials:", () => {
  it("a redirect, which is not followed", async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: "/other" }).end());
    const why = await whyNot(client().ask(url, { signal: never }));
    expect(why).toContain("answers 302 and leads elsewhere");
    expect(why).toMatch(/write http:\/\/127\.0\.0\.1:\d+\/other\.$/);
    expect(why).not.toContain("secret");
  });

  it.each([
    ["plain", (text: string) => [{}, text] as const],
    ["unpacked", (text: string) => [{ "content-encoding": "gzip" }, gzipSync(text)] as const],
  ])("an answer that is too large when %s", async (_, pack) => {
    const [headers, body] = pack("x".repeat(100_000));
    const url = await serve((_request, response) => void response.writeHead(200, headers).end(body));
    expect(await whyNot(client().ask(url, { signal: never }))).toContain("is larger than 1,000 bytes");
  });

  it("an answer that breaks off", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "500" });
      response.write("half", () => response.destroy());
    });
    expect(await whyNot(client().ask(url, { signal: never }))).toContain("broke off");
  });

  it("an answer that is not packed as it says", async () => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("not packed"),
    );
    expect(await whyNot(client().ask(url, { signal: never }))).toContain("cannot be unpacked");
  });

  it("silence", async () => {
    const clock = new ManualClock();
    let isAsked = false;
    const url = await serve(() => void (isAsked = true));
    const asking = whyNot(client({ timeoutMs: 5_000 }, clock).ask(url, { signal: never }));
    await until(() => isAsked);
    clock.advance(5_000);
    expect(await asking).toContain("has not answered within 5 s");
  });

  it("nobody there", async () => {
    const gone = new URL("http://127.0.0.1:1/");
    expect(await whyNot(client().ask(gone, { signal: never }))).toContain("nothing listens there");
  });

  it("a server that is stopping", async () => {
    const stop = new AbortController();
    const url = await serve(() => undefined);
    const asking = whyNot(client().ask(url, { signal: stop.signal }));
    await turns();
    stop.abort();
    expect(await asking).toBe("The server is stopping.");
  });

  it("a file of certificates that is not there", () => {
    expect(() => client({ caFile: "/nowhere.pem" })).toThrow("The file of certificates cannot be read");
  });
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!hasOpenssl)("TLS (skipped where there is no openssl to make a certificate with)", () => {
  it("believes the authority of the file that is named, and no stranger", async () => {
    const folder = mkdtempSync(join(tmpdir(), "spillway-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert];
    execFileSync("openssl", [...made, "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"], {
      stdio: "ignore",
    });
    const server = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_request, response) => response.end("secret"),
    );
    const url = await listen(server, "https");
    expect((await client({ caFile: cert }).ask(url, { signal: never })).text).toBe("secret");
    expect(await whyNot(client().ask(url, { signal: never }))).toContain("name its file with caFile");
    expect((await client({ isUnverified: true }).ask(url, { signal: never })).text).toBe("secret");
  });
});
