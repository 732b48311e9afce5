import { existsSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { viewOf } from "#domain/focus.ts";
import { resolvePath } from "#domain/node-path.ts";
import { nodeVolumes, rowTotal } from "#domain/volume.ts";

import { parseVizceral } from "./parse-vizceral.ts";
import { readVizceral, type VizceralReading } from "./read-vizceral.ts";
import { writeVizceral } from "./write-vizceral.ts";

// Vizceral's own samples are too large to be kept here; they are tested where somebody has put them beside the checkout.
const folder = new URL("../../../../shared/fixtures/vizceral/", import.meta.url);
const why = existsSync(folder) ? "" : " (skipped: the samples are not beside this checkout)";

function reading(name: string): VizceralReading {
  const read = parseVizceral(readFileSync(new URL(name, folder), "utf8"), { now: 1_700_000_000_000 });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe.skipIf(why !== "")(`Vizceral's own samples${why}`, () => {
  it("reads three regions, and tells the four dangling connections", () => {
    const { snapshot, diagnostics } = reading("sample_data.json");
    const { topology } = snapshot;
    // The root and 490 nodes; 454 connections of which 4 dangle.
    expect([topology.nodes.length, topology.edges.length]).toEqual([491, 450]);
    expect(diagnostics.map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      "dropped nodes[1].connections[0].target",
      "dropped nodes[1].connections[2].target",
      "dropped nodes[2].connections[2].target",
      "dropped nodes[3].connections[2].target",
      "mended nodes[3].connections[2].notices",
      "note nodes[1].updated",
      "note nodes[2].updated",
      "note nodes[3].updated",
    ]);
    expect(viewOf(topology, 0)).toBe("ring");
    expect(snapshot.at).toBe(1_477_691_777_441);
    const through = nodeVolumes(snapshot).through;
    const east = resolvePath(topology, ["us-east-1"]).node;
    expect(rowTotal(through, east, 3)).toBeCloseTo(63_270.254, 3);
    expect(topology.nodes[east]?.extra?.["props"]).toMatchObject({
      maxSemaphores: [{ value: "20" }, {}, {}, {}, {}],
    });
    expect(snapshot.maxVolume[east]).toBe(96_035.538);
    const service = resolvePath(topology, ["us-east-1", "viraemic"]).node;
    expect([topology.nodes[service]?.type, viewOf(topology, service)]).toEqual(["storage", "neighbourhood"]);
    expect(snapshot.notices.map(({ title, severity }) => [title, severity])).toEqual([
      ["Bob Loblaws law blog logging log blobs", 0],
      ["CPU usage average at 80%", 1],
      ["Reticulating splines", 0],
    ]);
  });

  it("reads a file whose root is a region", () => {
    const { snapshot } = reading("sample_data_region_only.json");
    expect([snapshot.topology.nodes.length, snapshot.topology.edges.length]).toEqual([160, 155]);
    expect(viewOf(snapshot.topology, 0)).toBe("flow");
  });

  it("reads the simple one, where nothing is odd", () => {
    const { snapshot, diagnostics } = reading("sample_data_simple.json");
    expect(diagnostics).toEqual([]);
    expect([snapshot.topology.nodes.length, snapshot.topology.edges.length]).toEqual([5, 2]);
  });

  it.each(["sample_data.json", "sample_data_region_only.json", "sample_data_simple.json"])(
    "writes %s so that reading it again gives the same, nothing odd dropped a second time",
    (name) => {
      const { snapshot } = reading(name);
      const again = readVizceral(JSON.parse(JSON.stringify(writeVizceral(snapshot))), { now: 0 });
      if (!again.ok) throw new Error(again.error.message);
      expect(again.value.snapshot).toEqual(snapshot);
      expect(again.value.diagnostics.filter(({ kind }) => kind !== "note")).toEqual([]);
    },
  );
});
