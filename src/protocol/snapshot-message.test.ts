import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";
import { zlibCodec } from "#server/zlib-codec.ts";

import { decodeSnapshot, encodeSnapshot, snapshotBody } from "./snapshot-message.ts";

async function decodeBody(
  change: (body: Record<string, unknown>) => object,
): ReturnType<typeof decodeSnapshot> {
  const body: unknown = JSON.parse(snapshotBody(twoRegions()));
  const gzip = await zlibCodec.pack(JSON.stringify(change({ ...Object(body) })));
  return decodeSnapshot({ epoch: "e", seq: 1, gzip }, zlibCodec);
}

const node = { name: "x", parent: -1 };

describe("a snapshot on the wire", () => {
  it("is read back as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySnapshot, fc.nat(), async (snapshot, seq) => {
        const sent: unknown = JSON.parse(
          JSON.stringify(await encodeSnapshot(snapshot, "e1", seq, zlibCodec)),
        );
        expect(await decodeSnapshot(sent, zlibCodec)).toEqual({
          ok: true,
          value: { epoch: "e1", seq, snapshot },
        });
      }),
      { numRuns: 60 },
    );
  });

  it("leaves out the columns of which nothing is known", () => {
    const body: unknown = JSON.parse(snapshotBody(twoRegions()));
    expect(Object.keys(Object(Object(body).columns))).toEqual(["rates"]);
  });

  it.each<[string, (body: Record<string, unknown>) => object]>([
    ["nodes: at least the root", (body) => ({ ...body, nodes: [], edges: [] })],
    ["nodes[0].parent: a node before it", (body) => ({ ...body, nodes: [{ ...node, parent: 0 }] })],
    ["nodes[1].parent: a node before it", (body) => ({ ...body, nodes: [node, { ...node, parent: 1 }] })],
    ["nodes[0].view: ring or flow", (body) => ({ ...body, nodes: [{ ...node, view: "cube" }] })],
    ["nodes[1]: an object", (body) => ({ ...body, nodes: [node, 7] })],
    [
      "nodes[0].name: a text of at most",
      (body) => ({ ...body, nodes: [{ ...node, name: "x".repeat(2000) }] }),
    ],
    ["nodes: a list of at most", (body) => ({ ...body, nodes: 3 })],
    ["edges[0]: two siblings", (body) => ({ ...body, edges: [{ source: 0, target: 1 }] })],
    ["edges[0]: two siblings", (body) => ({ ...body, edges: [{ source: 999, target: 1 }] })],
    ["classes[0].severity: normal or", (body) => ({ ...body, classes: [{ name: "x", severity: "bad" }] })],
    ["columns.rates: 27 numbers", (body) => ({ ...body, columns: { rates: [1] } })],
    ["columns.rates: a list of at most", (body) => ({ ...body, columns: { rates: Array(999).fill(1) } })],
    [
      "notices: targets that the frame has",
      (body) => ({
        ...body,
        notices: [{ target: { kind: "node", node: 5000 }, title: "", severity: 0 }],
      }),
    ],
    ["simulated.drill: a text", (body) => ({ ...body, simulated: { drill: 7 } })],
    ["t: a number", (body) => ({ ...body, t: null })],
  ])("is refused with the place and what is needed there: %s", async (what, change) => {
    const decoded = await decodeBody(change);
    expect(decoded.ok ? "" : decoded.error.what).toContain(what);
  });

  it.each<[string, unknown]>([
    ["epoch", undefined],
    ["epoch", { seq: 1, gzip: "" }],
    ["seq", { epoch: "e", seq: -1, gzip: "" }],
    ["gzip: a text", { epoch: "e", seq: 1 }],
    ["gzip: ", { epoch: "e", seq: 1, gzip: "not gzip" }],
  ])("is refused when its envelope is odd: %s", async (what, raw) => {
    const decoded = await decodeSnapshot(raw, zlibCodec);
    expect(decoded.ok ? "" : decoded.error.what).toContain(what);
  });

  it("a body that unpacks to more than the largest graph needs is refused", async () => {
    const gzip = await zlibCodec.pack("x".repeat(1000));
    await expect(zlibCodec.unpack(gzip, 999)).rejects.toThrow("larger than 999");
  });
});
