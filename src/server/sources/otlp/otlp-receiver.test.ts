import { once } from "node:events";
import { request } from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { sha256 } from "../../config/token-setting.ts";
import { OtlpReceiver, type ReceiverOptions } from "./otlp-receiver.ts";
import type { TraceAnswer, TraceBody } from "./trace-ingest.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const protobuf = { "Content-Type": "application/x-protobuf" };
const json = { "Content-Type": "application/json; charset=utf-8" };

async function start(options: Partial<ReceiverOptions> = {}) {
  const taken: TraceBody[] = [];
  const receiver = new OtlpReceiver({
    host: "127.0.0.1",
    port: 0,
    tokens: [],
    maxBody: 1000,
    take: (body) => {
      taken.push(body);
      return Promise.resolve({ kind: "taken", rejected: 0, why: "" });
    },
    ...options,
  });
  const port = await receiver.listen();
  stops.push(() => receiver.close());
  const url = `http://127.0.0.1:${port}`;
  const post = async (
    headers: Readonly<Record<string, string>>,
    body: BodyInit = "",
    path = "/v1/traces",
  ) => {
    const response = await fetch(url + path, { method: "POST", headers, body });
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
  return { receiver, port, url, post, taken };
}

const answering = (answer: TraceAnswer) => ({ take: () => Promise.resolve(answer) });

describe("the receiver", () => {
  it("takes protobuf and JSON, whatever parameters the type has, and answers in kind with nothing to say", async () => {
    const { post, taken } = await start();
    const answers = [
      await post(protobuf, new Uint8Array([1, 2, 3])),
      await post({ ...json, "Content-Encoding": "gzip" }, "packed"),
      await post({ ...json, "Content-Encoding": "identity" }, "{}"),
    ];
    expect(
      answers.map(({ status, headers, body }) => [status, headers.get("Content-Type"), body.toString()]),
    ).toEqual([
      [200, "application/x-protobuf", ""],
      [200, "application/json", "{}"],
      [200, "application/json", "{}"],
    ]);
    expect(taken.map(({ format, isGzip, bytes }) => [format, isGzip, bytes.length])).toEqual([
      ["protobuf", false, 3],
      ["json", true, 6],
      ["json", false, 2],
    ]);
  });

  it("takes an empty body for an empty request", async () => {
    const { post } = await start();
    expect((await post(protobuf)).status).toBe(200);
  });

  it("answers partial success with how many spans were rejected, and why", async () => {
    const { post } = await start(answering({ kind: "taken", rejected: 300, why: "no" }));
    expect(JSON.parse((await post(json, "{}")).body.toString())).toEqual({
      partialSuccess: { rejectedSpans: "300", errorMessage: "no" },
    });
    const { status, body } = await post(protobuf, "x");
    expect([status, ...body]).toEqual([200, 0x0a, 7, 0x08, 0xac, 0x02, 0x12, 2, 0x6e, 0x6f]);
  });

  it.each([
    ["malformed", 400, 3, null],
    ["too-large", 413, 3, null],
    ["busy", 429, 8, "1"],
  ] as const)("answers %s with %i and a Status in kind", async (kind, status, code, retryAfter) => {
    const { post, receiver } = await start(answering({ kind, why: "no" }));
    const asJson = await post(json, "{}");
    expect([asJson.status, JSON.parse(asJson.body.toString())]).toEqual([status, { code, message: "no" }]);
    const asProtobuf = await post(protobuf, "x");
    expect([asProtobuf.status, ...asProtobuf.body]).toEqual([status, 0x08, code, 0x12, 2, 0x6e, 0x6f]);
    expect(asProtobuf.headers.get("Retry-After")).toBe(retryAfter);
    expect(receiver.refused).toBe(2);
  });

  it("asks to try again when nobody can take it now", async () => {
    const { post } = await start({ take: () => Promise.reject(new Error("The thread has ended.")) });
    const { status, headers } = await post(json, "{}");
    expect([status, headers.get("Retry-After")]).toEqual([503, "1"]);
  });

  it("refuses a body that is too large, with its length told or not", async () => {
    const { post, url, taken } = await start();
    expect((await post(json, "x".repeat(1001))).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 11; i += 1) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    const streamed = { method: "POST", headers: json, body: chunks, duplex: "half" } as const;
    expect((await fetch(`${url}/v1/traces`, streamed)).status).toBe(413);
    expect((await post(json, "x".repeat(1000))).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it("asks to try again while too many bodies wait for their turn, and takes more once they had it", async () => {
    const answers: ((answer: TraceAnswer) => void)[] = [];
    const { post } = await start({ take: () => new Promise((resolve) => void answers.push(resolve)) });
    const waiting = Array.from({ length: 6 }, () => post(json, "x".repeat(900)));
    const first = await Promise.race(waiting);
    expect([first.status, first.headers.get("Retry-After")]).toEqual([429, "1"]);
    while (answers.length < 5) await new Promise((resolve) => setImmediate(resolve));
    for (const answer of answers) answer({ kind: "taken", rejected: 0, why: "" });
    expect((await Promise.all(waiting)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 200, 200, 200, 429,
    ]);
    const next = post(json, "x");
    while (answers.length < 6) await new Promise((resolve) => setImmediate(resolve));
    answers[5]?.({ kind: "taken", rejected: 0, why: "" });
    expect((await next).status).toBe(200);
  });

  it.each([
    ["/v1/metrics", "takes no metrics"],
    ["/v1/logs", "takes no logs"],
    ["/other", "There is only /v1/traces here"],
  ])("says of %s what is there instead", async (path, sentence) => {
    const { post } = await start();
    const { status, body } = await post(json, "{}", path);
    expect(status).toBe(404);
    expect(body.toString()).toContain(sentence);
  });

  it("takes POST only, no other types and no other encodings", async () => {
    const { post, url, taken } = await start();
    const read = await fetch(`${url}/v1/traces`, { headers: json });
    expect([read.status, read.headers.get("Allow")]).toEqual([405, "POST"]);
    expect((await post({ "Content-Type": "text/plain" }, "{}")).status).toBe(415);
    expect((await post({ ...json, "Content-Encoding": "zstd" }, "{}")).status).toBe(415);
    expect(taken).toEqual([]);
  });

  it("refuses strange pages, and other names for this machine where there are no tokens", async () => {
    const { post, port, taken } = await start();
    const strange = await post({ ...json, Origin: "https://evil.example" }, "{}");
    expect([strange.status, strange.body.toString()]).toEqual([
      403,
      '{"code":7,"message":"Traces are taken from programs, not from pages."}',
    ]);
    const asked = request({
      host: "127.0.0.1",
      port,
      method: "POST",
      path: "/v1/traces",
      headers: { Host: "evil.example" },
    });
    asked.end();
    const answered: unknown[] = await once(asked, "response");
    expect(answered).toMatchObject([{ statusCode: 403 }]);
    asked.destroy();
    expect(taken).toEqual([]);
  });

  it("asks for a pusher's token where there are tokens", async () => {
    const tokenOf = (role: "viewer" | "pusher") => ({
      name: role,
      role,
      sha256: sha256(`${role}-0123456789`),
    });
    const { post } = await start({ tokens: [tokenOf("viewer"), tokenOf("pusher")] });
    const bearer = (token: string) => ({ ...json, Authorization: `Bearer ${token}` });
    expect((await post(json, "{}")).status).toBe(401);
    expect((await post(bearer("pusher-9876543210"), "{}")).status).toBe(401);
    expect((await post(bearer("viewer-0123456789"), "{}")).status).toBe(403);
    expect((await post(bearer("pusher-0123456789"), "{}")).status).toBe(200);
  });

  it("says how to mend it when the port is taken", async () => {
    const { port } = await start();
    const second = new OtlpReceiver({
      host: "127.0.0.1",
      port,
      tokens: [],
      maxBody: 1,
      take: () => Promise.reject(new Error("never")),
    });
    await expect(second.listen()).rejects.toThrow(
      `Port ${port} is in use, perhaps by a collector or by another feed. Set another one: "port: ${port + 1}" of this source.`,
    );
  });
});
