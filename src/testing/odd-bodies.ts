import { gzipSync } from "node:zlib";

import type { Random } from "#base/random.ts";

/** A request with a body that nobody means to send. */
export interface OddBody {
  readonly surface: "frames" | "alerts";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const whole = { "content-type": "application/json" };
const graph = JSON.stringify({
  name: "shop",
  nodes: [{ name: "web", nodes: [{ name: "i" }] }, { name: "cart" }],
  connections: [{ source: "web", target: "cart", metrics: { normal: 1 } }],
});
const alerts = JSON.stringify({
  version: "4",
  alerts: [
    { status: "firing", labels: { service: "cart", severity: "page" }, annotations: { summary: "x" } },
  ],
});
const types = [
  "application/json",
  "application/merge-patch+json",
  "application/vnd.spillway.frame+json",
  "text/plain",
  "application/x-protobuf",
  "nonsense",
];

function pick<T>(random: Random, list: readonly T[], otherwise: T): T {
  return list[Math.floor(random() * list.length)] ?? otherwise;
}

/** A good text with a piece missing, doubled or in the place of another. */
function damaged(random: Random, text: string): string {
  const from = Math.floor(random() * text.length);
  const to = from + Math.floor(random() * 12);
  const piece = pick(
    random,
    ["", "{", "}", "[", '"', ",", "null", "1e999", "\u0000", text.slice(from, to + 9)],
    "",
  );
  return text.slice(0, from) + piece + text.slice(to);
}

function junk(random: Random): string {
  return Array.from({ length: Math.floor(random() * 400) }, () =>
    String.fromCodePoint(Math.floor(random() * 0x2fff)),
  ).join("");
}

/** Bodies that are large, deep, packed, or poisoned; those that cost most come less often. */
function special(random: Random): { readonly body: OddBody["body"]; readonly headers?: OddBody["headers"] } {
  const packed = { "content-encoding": "gzip" };
  const kinds: (() => { readonly body: OddBody["body"]; readonly headers?: OddBody["headers"] })[] = [
    () => ({ body: "[".repeat(100_000) }),
    () => ({ body: `{"nodes":${'[{"name":"a","nodes":'.repeat(40)}` }),
    () => ({ body: `${'{"a":'.repeat(60)}1${"}".repeat(60)}` }),
    () => ({
      body: '{"__proto__":{"polluted":1},"nodes":[{"name":"__proto__","__proto__":{"x":1}}],"alerts":[{}]}',
    }),
    () => ({
      body: JSON.stringify({ nodes: Array.from({ length: 2_000 }, (_, i) => i), alerts: [1, null, "x"] }),
    }),
    () => ({ body: JSON.stringify({ nodes: [{ name: "x".repeat(100_000) }], alerts: [{ labels: 7 }] }) }),
    () => ({ body: "not packed", headers: packed }),
    () => ({ body: new Uint8Array(gzipSync(graph)).slice(0, 40), headers: packed }),
    () => ({ body: new Uint8Array(gzipSync(Buffer.alloc(8 * 2 ** 20, 0x20))), headers: packed }),
    () => ({ body: graph, headers: { "content-encoding": "br" } }),
    () => ({ body: new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]) }),
    () => ({ body: graph, headers: { "idempotency-key": "k".repeat(Math.floor(random() * 400)) } }),
    () => ({ body: `[${"{},".repeat(20_000)}{}]` }),
  ];
  return pick(random, kinds, () => ({ body: "" }))();
}

export function oddBody(random: Random): OddBody {
  const surface = random() < 0.5 ? "frames" : "alerts";
  const text = surface === "frames" ? graph : alerts;
  const chance = random();
  if (chance < 0.55) return { surface, headers: whole, body: damaged(random, text) };
  if (chance < 0.7) return { surface, headers: whole, body: junk(random) };
  if (chance < 0.8) {
    return { surface, headers: { "content-type": pick(random, types, "x") }, body: damaged(random, text) };
  }
  const { body, headers = {} } = special(random);
  return { surface, headers: { ...whole, ...headers }, body };
}

/** Sends one; resolves to the status. */
export async function sendOdd(
  url: string,
  feed: string,
  { surface, headers, body }: OddBody,
): Promise<number> {
  const answer = await fetch(`${url}api/feeds/${feed}/${surface}`, { method: "POST", headers, body });
  await answer.arrayBuffer();
  return answer.status;
}
