import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { TrafficTable } from "./TrafficTable.tsx";

afterEach(cleanup);

const nodes = () => screen.getByRole("grid", { name: /^Nodes/ });
const edges = () => screen.getByRole("grid", { name: "Edges" });
const firstCells = (table: HTMLElement) =>
  within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent);

describe("the table", () => {
  it("holds the nodes and the edges of the view, the busiest first", () => {
    renderView(createTestApp(twoRegions(testStart)), <TrafficTable />);
    expect(firstCells(nodes())).toEqual(["INTERNET", "east", "west"]);
    expect(firstCells(edges())).toEqual(["INTERNET", "INTERNET", "east"]);
  });

  it("leaves out what the filter hides, and says so", () => {
    const test = createTestApp(twoRegions(testStart), "?in=east&filter=type:storage");
    renderView(test, <TrafficTable />);
    expect(firstCells(nodes())).toEqual(["INTERNET", "store"]);
    expect(screen.getByText("2 of 4 nodes")).toBeDefined();
    expect(screen.getByText("0 of 3 edges")).toBeDefined();
  });

  it("selects a row, and goes in with Shift+Enter", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <TrafficTable />);
    const row = must(within(nodes()).getAllByRole("row")[2]);
    fireEvent.click(row);
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["east"] });
    expect(row.getAttribute("aria-selected")).toBe("true");
    fireEvent.keyDown(row, { key: "Enter", shiftKey: true });
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("sorts by a column, and turns around", () => {
    renderView(createTestApp(twoRegions(testStart)), <TrafficTable />);
    const name = within(nodes()).getByRole("button", { name: "Name" });
    fireEvent.click(name);
    expect(firstCells(nodes())).toEqual(["east", "INTERNET", "west"]);
    fireEvent.click(name);
    expect(firstCells(nodes())).toEqual(["west", "INTERNET", "east"]);
  });

  it("makes elements only of rows in sight", () => {
    const names = Array.from({ length: 2_000 }, (_, i) => `service-${i}`);
    const snapshot = buildSnapshot(
      {
        view: "flow",
        children: Object.fromEntries(names.map((name) => [name, {}])),
        edges: Object.fromEntries(names.slice(1).map((name) => [`service-0 > ${name}`, [1, 0, 0]])),
      },
      testStart,
    );
    const test = createTestApp(snapshot);
    renderView(test, <TrafficTable />);
    expect(edges().getAttribute("aria-rowcount")).toBe("2000");
    expect(within(edges()).getAllByRole("row").length).toBeLessThan(60);
    expect(within(nodes()).getAllByRole("row").length).toBeLessThan(60);
    act(() => test.player.show({ ...snapshot, at: testStart + 1000 }));
    expect(within(edges()).getAllByRole("row").length).toBeLessThan(60);
  });
});
