import { expect, it } from "vitest";

import { meshOfThree } from "#testing/mesh-of-three.ts";

import { beyond, isBoundary, regionBehind } from "./boundary.ts";
import { pathOf, resolvePath } from "./node-path.ts";

const { topology } = meshOfThree();

function behind(...path: string[]): readonly string[] | undefined {
  const region = regionBehind(topology, resolvePath(topology, path).node);
  return region === -1 ? undefined : pathOf(topology, region);
}

it("leads from a boundary to the region that it stands for", () => {
  expect(behind("us-east-1", "eu-west-1")).toEqual(["eu-west-1"]);
  expect(behind("eu-west-1", "us-east-1")).toEqual(["us-east-1"]);
});

it("leads there also where a service has the region's name", () => {
  expect(behind("unknown", "us-east-1 (region)")).toEqual(["us-east-1"]);
  expect(behind("unknown", "us-east-1")).toBeUndefined();
});

it("takes no region, service or entry for a boundary", () => {
  expect(behind("us-east-1")).toBeUndefined();
  expect(behind("us-east-1", "web")).toBeUndefined();
  expect(behind("us-east-1", "INTERNET")).toBeUndefined();
  expect(topology.nodes.filter((_, node) => isBoundary(topology, node))).toHaveLength(4);
});

it("names the services on the other side", () => {
  const edges = topology.edges.flatMap(({ source, target }, edge) =>
    pathOf(topology, source).join("/") === "us-east-1/web" && isBoundary(topology, target) ? [edge] : [],
  );
  expect(edges.map((edge) => beyond(topology, edge))).toEqual([["ledger.shop", "stock.shop"]]);
  expect(beyond(topology, 0)).toEqual([]);
});
