import { describe, expect, it } from "vitest";

import { resolvePath, type NodePath } from "#domain/node-path.ts";
import { viewGraph } from "#domain/focus.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { twoRegions } from "#testing/builders.ts";
import { meshOfThree } from "#testing/mesh-of-three.ts";

import { nodeSentence } from "./node-sentence.ts";
import { viewSentence } from "./view-sentence.ts";

function sentence(path: NodePath): string {
  const snapshot = twoRegions();
  const { node } = resolvePath(snapshot.topology, path);
  return nodeSentence(snapshot, nodeVolumes(snapshot), node, "member");
}

describe("nodeSentence", () => {
  it("tells a node's health, numbers and neighbours", () => {
    expect(sentence(["east", "api"])).toBe(
      "api, Healthy, 906 requests per second, 0.11 % errors, 0.55 % warnings, called by INTERNET, calls cart, can be entered",
    );
  });

  it("names the entry as such", () => {
    expect(sentence(["INTERNET"])).toMatch(/^INTERNET, entry, Healthy, 1.31k requests per second, /);
  });
});

describe("another region, seen from inside of one", () => {
  const mesh = meshOfThree();
  const words = (...path: string[]) =>
    nodeSentence(mesh, nodeVolumes(mesh), resolvePath(mesh.topology, path).node, "member");

  it("is told as such, with the services there that are called and that call", () => {
    expect(words("us-east-1", "eu-west-1")).toBe(
      "eu-west-1, another region, Healthy, 200 requests per second, calls ledger.shop, stock.shop in eu-west-1, called by stock.shop in eu-west-1, called by web, calls cart, can be entered",
    );
  });

  it("is not counted as a service", () => {
    const { node } = resolvePath(mesh.topology, ["us-east-1"]);
    expect(viewSentence(viewGraph(mesh.topology, node), mesh.topology)).toBe(
      "us-east-1, 2 services, 2 other regions, 5 edges",
    );
  });
});

describe("viewSentence", () => {
  it("says where one is and how much there is", () => {
    const { topology } = twoRegions();
    expect(viewSentence(viewGraph(topology, 0), topology)).toBe("global, 2 regions, 3 edges");
    const { node } = resolvePath(topology, ["east"]);
    expect(viewSentence(viewGraph(topology, node), topology)).toBe("east, 3 services, 3 edges");
  });
});
