import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { isJsonObject } from "#base/json.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { sha256 } from "#server/config/token-setting.ts";
import { publicSampleText, sampleNames, sampleSkipped } from "#testing/public-sample.ts";
import { pushStation, type PushStation } from "#testing/push-station.ts";

const graph = {
  renderer: "region",
  name: "shop",
  nodes: [{ name: "INTERNET" }, { name: "web" }],
  connections: [{ source: "INTERNET", target: "web", metrics: { normal: 10 } }],
};

const types = {
  whole: "application/json",
  patch: "application/merge-patch+json",
  frame: "application/vnd.spillway.frame+json",
};

let station: PushStation;

beforeEach(async () => {
  station = await pushStation();
});

afterEach(() => station.stop());

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly frame: { readonly seq: number; readonly at: number } | undefined;
  readonly diagnostics: readonly { readonly kind: string; readonly place: string }[];
  readonly error: Readonly<Record<string, unknown>>;
}

async function push(
  body: object | string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const payload = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const {
    statusCode,
    headers: answered,
    body: text,
  } = await station.http.inject({
    method: "POST",
    url: "/api/feeds/shop/frames",
    headers: { host: "127.0.0.1", "content-type": types.whole, ...headers },
    payload,
  });
  const answer: unknown = JSON.parse(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it says is what the tests are about
  return { status: statusCode, headers: answered, error: {}, ...(answer as object) } as Answered;
}

function head(): TrafficSnapshot {
  return must(station.feed.head).snapshot;
}

function namesOf({ topology }: TrafficSnapshot): readonly string[] {
  return topology.nodes.map(({ name }) => name);
}

describe("a push", () => {
  it("is answered with its frame, once that is recorded", async () => {
    const { status, frame, diagnostics } = await push(graph);
    expect([status, diagnostics]).toEqual([202, []]);
    expect(frame).toEqual({ feed: "shop", seq: 1, at: head().at });
    expect(station.log.head().newest).toBe(1);
    expect((await push(graph)).frame?.seq).toBe(2);
  });

  it("may be packed", async () => {
    const { status } = await push(gzipSync(JSON.stringify(graph)), { "content-encoding": "gzip" });
    expect([status, head().rates[0]]).toEqual([202, 10]);
  });

  it("tells what was left out or mended", async () => {
    const dangling = { source: "web", target: "nowhere", metrics: { normal: 5 } };
    const { diagnostics } = await push({ ...graph, connections: [...graph.connections, dangling] });
    expect(diagnostics).toMatchObject([{ kind: "dropped", place: "connections[1].target" }]);
    expect(station.feed.problems).toEqual(diagnostics);
  });

  it("is taken once under one key", async () => {
    const first = await push(graph, { "idempotency-key": "a" });
    const [again, meanwhile] = await Promise.all([
      push(graph, { "idempotency-key": "a" }),
      push(graph, { "idempotency-key": "a" }),
    ]);
    expect([again.status, again.frame, meanwhile.frame]).toEqual([202, first.frame, first.frame]);
    expect(station.log.head().newest).toBe(1);
    const other = await push({ ...graph, name: "other" }, { "idempotency-key": "a" });
    expect([other.status, other.error["message"]]).toEqual([422, expect.stringContaining("another body")]);
    expect((await push(graph, { "idempotency-key": "b" })).frame?.seq).toBe(2);
  });

  it("may be a patch of the one before", async () => {
    await push({ ...graph, nodes: [...graph.nodes, { name: "old" }], serverUpdateTime: 1_500_000_000_000 });
    const body = {
      nodes: { old: null, cart: {} },
      connections: { web: { cart: { metrics: { danger: 4 } } } },
    };
    const first = await push(body, { "content-type": types.patch });
    expect([first.status, first.diagnostics]).toEqual([202, []]);
    expect(namesOf(head())).toEqual(["shop", "INTERNET", "web", "cart"]);
    expect([...head().rates]).toEqual([10, 0, 0, 0, 0, 4]);
    await push(
      { connections: { web: { cart: { metrics: { danger: null } } } } },
      { "content-type": types.patch },
    );
    expect([...head().rates]).toEqual([10, 0, 0, 0, 0, 0]);
  });

  it("cannot be a patch of nothing", async () => {
    const { status, error } = await push({ nodes: {} }, { "content-type": types.patch });
    expect([status, error["message"]]).toEqual([409, expect.stringContaining("Push a whole graph first")]);
  });

  it("may be a frame as a recording has it, of what happened", async () => {
    const read = parseVizceral(JSON.stringify(graph), { now: 1_700_000_000_000 });
    if (!read.ok) throw new Error(read.error.message);
    const { snapshot } = read.value;
    const frame = (one: TrafficSnapshot) => frameLine({ seq: 7, frame: { kind: "key", snapshot: one } });
    expect((await push(frame(snapshot), { "content-type": types.frame })).status).toBe(202);
    expect(createSnapshot({ ...head(), at: snapshot.at })).toEqual(snapshot);
    const simulated = { drill: "d", victim: "a", saviours: [], stage: "failing", elapsedMs: 0 } as const;
    const made = await push(frame(createSnapshot({ ...snapshot, simulated })), {
      "content-type": types.frame,
    });
    expect([made.status, made.error["message"]]).toEqual([
      400,
      expect.stringContaining("only what happened"),
    ]);
    const strange = await push('{"seq": 8}', { "content-type": types.frame });
    expect(strange.error["message"]).toBe("This is no frame of a recording: key or delta is needed.");
  });

  it("that cannot be recorded is not accepted, and may come again under its key", async () => {
    await push(graph);
    station.log.isFull = true;
    const refused = await push(graph, { "idempotency-key": "a" });
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "5"]);
    expect(refused.error["message"]).toBe("The frame is shown, but cannot be recorded. Send it again later.");
    station.log.isFull = false;
    expect((await push(graph, { "idempotency-key": "a" })).status).toBe(202);
  });

  it("waits for those that came before it", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => push({ ...graph, name: `shop ${i}` })),
    );
    expect(answers.map(({ status, frame }) => [status, frame?.seq])).toEqual(
      Array.from({ length: 10 }, (_, i) => [202, i + 1]),
    );
  });
});

describe("a push is refused with the place of the fault:", () => {
  it("no JSON", async () => {
    const { status, error } = await push('{"nodes": [\n  {"name": web}]}');
    expect([status, error["line"], error["column"]]).toEqual([400, 2, 12]);
    expect(error["message"]).toMatch(/^This is not JSON: line 2, column 12: "web" is no JSON value/);
    expect(error["excerpt"]).toBe(`2 |   {"name": web}]}\n               ^`);
  });

  it.each([
    ["nothing to draw", "{}", {}, 400, "There is no node to draw"],
    ["nothing at all", "", {}, 400, "there is nothing in it"],
    ["another kind of JSON", "[1]", {}, 400, "it holds a list of 1"],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), {}, 400, "not UTF-8"],
    ["too deep", "[".repeat(1_000_000), {}, 400, "deeper than 128 levels"],
    [
      "too many",
      { nodes: Array.from({ length: 20_001 }, (_, i) => ({ name: String(i) })) },
      {},
      413,
      "Too many nodes",
    ],
    ["another type", "a: 1", { "content-type": "application/yaml" }, 415, "Send one of these content types"],
    ["another packing", "x", { "content-encoding": "br" }, 415, "packed with gzip"],
    ["a broken packing", "x", { "content-encoding": "gzip" }, 400, "cannot be unpacked"],
    ["too large", Buffer.alloc(6 * 2 ** 20, 0x20), {}, 413, "larger than 5 MiB"],
    [
      "too large when unpacked",
      gzipSync(Buffer.alloc(200 * 2 ** 20)),
      { "content-encoding": "gzip" },
      413,
      "larger than 5 MiB",
    ],
    ["no patch", "[]", { "content-type": types.patch }, 409, "Push a whole graph first"],
    ["a long key", graph, { "idempotency-key": "k".repeat(256) }, 400, "at most 255 characters"],
  ])("%s", async (_, body, headers, status, why) => {
    const answer = await push(body, headers);
    expect([answer.status, answer.error["message"]]).toEqual([status, expect.stringContaining(why)]);
    expect(station.feed.head).toBeUndefined();
  });

  it("too many at once", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => push("{}")));
    const late = answers.filter(({ status }) => status === 429);
    expect(late.length).toBeGreaterThan(0);
    expect(must(late[0]).headers["retry-after"]).toBe("1");
  });
});

describe("who may push", () => {
  const tokens = [
    { name: "a", role: "pusher", sha256: sha256("push".repeat(4)) },
    { name: "b", role: "operator", sha256: sha256("oper".repeat(4)) },
  ] as const;
  const ask = (headers: Readonly<Record<string, string>>, remoteAddress = "127.0.0.1") =>
    station.http.inject({
      method: "POST",
      url: "/api/feeds/shop/frames",
      headers: { host: "127.0.0.1", "content-type": types.whole, ...headers },
      payload: JSON.stringify(graph),
      remoteAddress,
    });

  it("is whoever has a pusher's token, where there are tokens", async () => {
    await station.stop();
    station = await pushStation({ tokens });
    expect((await ask({})).statusCode).toBe(401);
    expect((await ask({ authorization: `Bearer ${"oper".repeat(4)}` })).statusCode).toBe(403);
    expect((await ask({ authorization: `Bearer ${"push".repeat(4)}` })).statusCode).toBe(202);
  });

  it("is this machine alone, where there are none", async () => {
    const { statusCode, body } = await ask({ authorization: "Bearer none" }, "10.0.0.1");
    expect([statusCode, body]).toEqual([403, expect.stringContaining("from its own machine only")]);
  });

  it("is no page of another origin", async () => {
    expect((await ask({ origin: "https://evil.example" })).statusCode).toBe(403);
  });

  it("finds out which feeds take pushes", async () => {
    const { statusCode, body } = await station.http.inject({
      method: "POST",
      url: "/api/feeds/other/frames",
      headers: { host: "127.0.0.1", "content-type": types.whole },
      payload: "{}",
    });
    const answer: unknown = JSON.parse(body);
    expect([statusCode, isJsonObject(answer) && answer["error"]]).toEqual([
      404,
      { message: "The server has no such feed. These take pushes: shop." },
    ]);
  });
});

describe.skipIf(sampleSkipped !== "")(`public samples${sampleSkipped}`, () => {
  it.each(sampleNames)("pushed, %s reads as the file does", async (name) => {
    const text = publicSampleText(name);
    const { status, diagnostics } = await push(text);
    const direct = parseVizceral(text, { now: 0, windowMs: 3_600_000 });
    if (!direct.ok) throw new Error(direct.error.message);
    expect([status, diagnostics]).toEqual([202, direct.value.diagnostics]);
    expect(station.feed.problems).toEqual(direct.value.diagnostics);
    expect(createSnapshot({ ...head(), at: direct.value.snapshot.at })).toEqual(direct.value.snapshot);
  });
});
