import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology } from "#domain/topology.ts";
import { createDrillApp, drillFrame, keepingFrames } from "#testing/drill-app.ts";
import { renderView } from "#testing/render-view.tsx";
import { turns } from "#testing/turns.ts";

import { SimulatedBanner } from "../simulated/SimulatedBanner.tsx";
import { Announcer } from "../twin/Announcer.tsx";
import { DrillPanel } from "./DrillPanel.tsx";

afterEach(cleanup);

/** The frame in which the regions east and west are called otherwise for people. */
function called(labels: Readonly<Record<string, string>>): TrafficSnapshot {
  const { topology } = drillFrame;
  const nodes = topology.nodes.map((node) => {
    const displayName = node.parent === 0 ? labels[node.name] : undefined;
    return displayName === undefined ? node : { ...node, displayName };
  });
  return createSnapshot({ ...drillFrame, topology: createTopology({ ...topology, nodes }) });
}

const frame = called({ east: "Virginia", west: "Ireland" });

it("calls regions as the picture does, and keeps their names in the data for links", async () => {
  const test = createDrillApp("", keepingFrames, frame);
  renderView(
    test,
    <>
      <SimulatedBanner />
      <Announcer />
      <DrillPanel />
    </>,
  );
  act(() => test.app.actions.openDrill("east"));
  expect(document.body.textContent).not.toMatch(/\b(east|west)\b/);
  expect(screen.getByRole("heading", { level: 2 }).textContent).toContain("Virginia");
  expect(screen.getByRole("checkbox", { name: /Ireland/ })).toBeDefined();
  await act(async () => {
    await test.run("east");
    test.app.actions.seekDrill(120_000);
    await turns();
  });
  expect(document.body.textContent).toContain("Ireland");
  expect(document.body.textContent).not.toMatch(/\b(east|west)\b/);
  expect(test.running().plan.victim).toBe("east");
  expect(test.address.search).toContain("drill=east");
});
