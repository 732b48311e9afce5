import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { buildSnapshot } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { DetailsPanel } from "../details-panel/DetailsPanel.tsx";
import { LegendDetails } from "../legend/LegendDetails.tsx";
import { Announcer } from "../twin/Announcer.tsx";
import { Twin } from "../twin/Twin.tsx";
import { ChangeTable } from "./ChangeTable.tsx";
import { CompareBanner } from "./CompareBanner.tsx";

afterEach(cleanup);

const frame = (rate: number, other: string, at: number) =>
  buildSnapshot(
    {
      view: "flow",
      children: { users: { isEntry: true }, cart: {}, [other]: {} },
      edges: { "users > cart": [rate, 0, 0], [`users > ${other}`]: [50, 0, 0] },
    },
    at,
  );

/** "cart" has become hotter, "old" is gone, "fresh" is new. */
function comparing(): TestApp {
  const test = createTestApp(frame(100, "old", testStart));
  test.app.actions.markMoment();
  test.player.show(frame(1_000, "fresh", testStart + 60_000));
  test.app.actions.compareWithMarked();
  return test;
}

const cellsOf = (column: number) =>
  within(screen.getByRole("grid"))
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[column]?.textContent);

describe("the banner of a comparison", () => {
  it("names both moments and counts what has changed", () => {
    renderView(comparing(), <CompareBanner />);
    const banner = screen.getByRole("region", { name: "Comparison" });
    expect(within(banner).getByText(/^Comparing .*\d\d:\d\d:\d\d with .*\d\d:\d\d:\d\d$/)).toBeDefined();
    expect(
      within(banner)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(["2 new", "2 gone", "3 hotter"]);
  });

  it("leads out, and says why nothing can be compared", () => {
    const test = comparing();
    renderView(test, <CompareBanner />);
    fireEvent.click(screen.getByRole("button", { name: "Stop comparing" }));
    expect(screen.queryByRole("region")).toBeNull();
    const bare = createTestApp(must(test.app.store.getState().feed.current));
    bare.app.actions.compareWithMoment(testStart);
    renderView(bare, <CompareBanner />);
    expect(screen.getByRole("status").textContent).toContain("Nothing is recorded here.");
  });
});

describe("the table of changes", () => {
  it("holds what differs, the greatest change first, gone things too", () => {
    renderView(comparing(), <ChangeTable />);
    expect(new Set(cellsOf(0).slice(-4))).toEqual(new Set(["fresh", "old", "users → fresh", "users → old"]));
    expect(cellsOf(1).slice(0, 3)).toEqual(["hotter", "hotter", "hotter"]);
  });

  it("shows one kind of change alone", () => {
    renderView(comparing(), <ChangeTable />);
    fireEvent.change(screen.getByRole("combobox", { name: "Show" }), { target: { value: "gone" } });
    expect(cellsOf(0)).toEqual(["old", "users → old"]);
  });

  it("selects a row in the picture, also one that is gone", () => {
    const test = comparing();
    renderView(test, <ChangeTable />);
    fireEvent.click(screen.getByText("old"));
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["old"] });
    fireEvent.click(screen.getByText("users → cart"));
    expect(test.app.store.getState().view.selection).toEqual({
      kind: "edge",
      parent: [],
      source: "users",
      target: "cart",
    });
  });
});

describe("what is gone", () => {
  it("says in the details what it had, and when", () => {
    const test = comparing();
    test.app.actions.select({ kind: "node", path: ["old"] });
    renderView(test, <DetailsPanel />);
    expect(screen.getByText(/^Gone: it had 50 requests\/s at .*\d\d:\d\d:\d\d\.$/)).toBeDefined();
  });

  it("is in the picture's twin, as other changes are", () => {
    renderView(comparing(), <Twin />);
    const said = screen.getAllByRole("option").map((option) => option.textContent);
    expect(said.find((text) => text?.startsWith("old"))).toContain("gone, had 50 requests per second");
    expect(said.find((text) => text?.startsWith("cart"))).toContain("hotter: 100 to 1k requests per second");
  });

  it("is explained by the legend, with the other marks, as long as moments are compared", () => {
    const test = comparing();
    renderView(test, <LegendDetails />);
    expect(screen.getByText(/^Gone: dashed/)).toBeDefined();
    expect(screen.getByText(/stands back\. Noticed is what differs by more than a fifth/)).toBeDefined();
    act(() => test.app.actions.stopComparing());
    expect(screen.queryByText(/^Gone: dashed/)).toBeNull();
  });

  it("is told once, not with every frame", () => {
    const test = comparing();
    const { container } = renderView(test, <Announcer />);
    const said = () =>
      [...container.querySelectorAll("[aria-live]")]
        .map(({ textContent }) => textContent)
        .find((text) => /ompar/.test(text));
    const first = said();
    expect(first).toMatch(/^Comparing .* with .*: 2 new, 2 gone, 3 hotter\.$/);
    act(() => test.player.show(frame(10, "fresh", testStart + 61_000)));
    expect(said()).toBe(first);
    act(() => test.app.actions.stopComparing());
    expect(said()).toBe("No longer comparing.");
  });
});
