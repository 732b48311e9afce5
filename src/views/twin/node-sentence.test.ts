import { describe, expect, it } from "vitest";

import { resolvePath, type NodePath } from "#domain/node-path.ts";
import { viewGraph } from "#domain/focus.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { twoRegions } from "#testing/builders.ts";

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

describe("viewSentence", () => {
  it("says where one is and how much there is", () => {
    const { topology } = twoRegions();
    expect(viewSentence(viewGraph(topology, 0), topology)).toBe("global, 2 regions, 3 edges");
    const { node } = resolvePath(topology, ["east"]);
    expect(viewSentence(viewGraph(topology, node), topology)).toBe("east, 3 services, 3 edges");
  });
});
