import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createSnapshot } from "#domain/snapshot.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot } from "#testing/builders.ts";

import { frameLine } from "./frame-line.ts";
import { Pseudonyms } from "./pseudonyms.ts";

describe("pseudonyms", () => {
  const real = buildSnapshot({
    children: {
      INTERNET: { isEntry: true },
      "us-east-1": { children: { api: {}, cart: {} } },
      "eu-west-1": { children: { cart: {}, api: {} } },
    },
  });

  it("number the nodes by kind, and call a service the same in every region and every frame", () => {
    const names = new Pseudonyms();
    const first = names.snapshot(real);
    expect(first.topology.nodes.map(({ name }) => name)).toEqual([
      "everything",
      "entry-1",
      "region-1",
      "service-1",
      "service-2",
      "region-2",
      "service-2",
      "service-1",
    ]);
    const again = names.snapshot(createSnapshot({ ...real, topology: { ...real.topology } }));
    expect(again.topology.nodes).toEqual(first.topology.nodes);
    expect(first.values).toBe(real.values);
  });

  it("name the regions of a drill as they name them elsewhere", () => {
    const simulated = {
      drill: "d",
      victim: "eu-west-1",
      saviours: ["us-east-1"],
      stage: "dns",
      elapsedMs: 1,
    } as const;
    const named = new Pseudonyms().snapshot({ ...real, simulated });
    expect([named.simulated?.victim, named.simulated?.saviours]).toEqual(["region-2", ["region-1"]]);
  });

  it("leave nothing of what the source says in its own words", () => {
    const secret = "TOP-SECRET";
    const [root, ...others] = real.topology.nodes;
    const nodes = [
      root!,
      ...others.map((node) => ({
        ...node,
        name: `${secret} ${node.name} ${node.parent}`,
        displayName: secret,
        type: secret,
        metadata: { owner: secret },
        extra: { [secret]: 1 },
      })),
    ];
    const notices = [
      {
        target: { kind: "node", node: 1 },
        title: secret,
        subtitle: secret,
        link: `https://${secret}`,
        severity: 2,
      },
    ] as const;
    const named = new Pseudonyms().snapshot({ ...real, notices, topology: { ...real.topology, nodes } });
    expect(frameLine({ seq: 1, frame: { kind: "key", snapshot: named } })).not.toContain(secret);
    expect(named.notices).toEqual([{ target: { kind: "node", node: 1 }, title: "Error", severity: 2 }]);
    expect(new Pseudonyms().bookmarks([{ id: "b", at: 1, note: secret }])).toEqual([
      { id: "b", at: 1, note: "Bookmark 1" },
    ]);
  });

  it("keep the numbers and the shape, and siblings apart", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { topology, values } = new Pseudonyms().snapshot(snapshot);
        expect(values).toBe(snapshot.values);
        expect(topology.nodes.map(({ parent }) => parent)).toEqual(
          snapshot.topology.nodes.map(({ parent }) => parent),
        );
        for (const children of topology.children) {
          const names = children.map((child) => topology.nodes[child]?.name);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
    );
  });
});
