import { describe, expect, it } from "vitest";

import { allCommands } from "#store/commands/all-commands.ts";
import { twoRegions } from "#testing/builders.ts";
import { meshOfThree } from "#testing/mesh-of-three.ts";
import { createTestApp } from "#testing/test-app.ts";

import { commandItems, nodeItems, paletteResults } from "./palette-items.ts";

const { app } = createTestApp(twoRegions());
const commands = commandItems(allCommands, app.store.getState());
const nodes = nodeItems(twoRegions().topology);

const titles = (query: string, recent: readonly string[] = []) =>
  paletteResults(query, commands, nodes, recent).groups.map(({ title, items }) => [
    title,
    items.map((item) => (item.kind === "node" ? `${item.place}/${item.title}` : item.title)),
  ]);

describe("paletteResults", () => {
  it("lists all commands that can be run, before anything is typed", () => {
    const [group] = titles("");
    expect(group?.[0]).toBe("Commands");
    expect(group?.[1]).toContain("Legend");
    // Hidden, or not available now.
    expect(group?.[1]).not.toContain("Commands");
    expect(group?.[1]).not.toContain("Go to the top");
  });

  it("shows first what was chosen last", () => {
    expect(titles("", ["command legend", "command unknown", 'node ["east"]'])[0]).toEqual([
      "Recent",
      ["Legend", "/east"],
    ]);
  });

  it("lists a region once, not also where it is seen from inside of others", () => {
    const items = nodeItems(meshOfThree().topology);
    const paths = items.flatMap((item) => (item.kind === "node" ? [item.path.join("/")] : []));
    expect(paths.filter((path) => path.includes("eu-west-1"))).toEqual([
      "eu-west-1",
      "eu-west-1/web.shop",
      "eu-west-1/stock.shop",
      "eu-west-1/ledger.shop",
      "eu-west-1/INTERNET",
    ]);
  });

  it("finds nodes everywhere, and says where they are", () => {
    const [group] = titles("cart");
    expect(group).toEqual(["Go to", ["east/cart", "west/cart"]]);
  });

  it("finds a node by its place and its name", () => {
    expect(titles("west store")[0]?.[1]).toEqual(["west/store"]);
  });

  it("is bounded, and says how much it leaves out", () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      kind: "node" as const,
      key: `node ${i}`,
      title: `service-${i}`,
      place: "",
      path: [`service-${i}`],
    }));
    const { groups, more } = paletteResults("service", [], many, []);
    expect(groups[0]?.items).toHaveLength(80);
    expect(more).toBe(4_920);
  });
});
