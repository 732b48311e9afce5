import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { resolvePath } from "#domain/node-path.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology } from "#domain/topology.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { DetailsPanel } from "./DetailsPanel.tsx";

afterEach(cleanup);

const names = (table: HTMLElement) =>
  within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent);

/** One caller, three callees whose rates a test chooses. */
function fanOut(rates: readonly [number, number, number], at = testStart): TrafficSnapshot {
  return buildSnapshot(
    {
      view: "flow",
      children: { front: {}, a: {}, b: {}, c: {} },
      edges: { "front > a": [rates[0], 0, 0], "front > b": [rates[1], 0, 0], "front > c": [rates[2], 0, 0] },
    },
    at,
  );
}

describe("the details panel", () => {
  it("is not there while nothing is selected", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <DetailsPanel />);
    expect(screen.queryByRole("complementary")).toBeNull();
  });

  it("tells a node's name, health, rates and neighbours", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.enter(["east"]);
    test.app.actions.select({ kind: "node", path: ["east", "cart"] });
    renderView(test, <DetailsPanel />);
    const panel = screen.getByRole("complementary", { name: "Details" });
    expect(within(panel).getByRole("heading", { level: 2 }).textContent).toBe("cart");
    expect(within(panel).getByText("Healthy")).toBeDefined();
    expect(panel.textContent).toContain("303 requests/s");
    expect(names(within(panel).getByRole("grid", { name: /^Incoming/ }))).toEqual(["api"]);
    expect(names(within(panel).getByRole("grid", { name: /^Outgoing/ }))).toEqual(["store"]);
  });

  it("says in a gap of a recording from when its numbers are", () => {
    const test = createTestApp(fanOut([1, 2, 3], Date.UTC(2026, 0, 6, 12)));
    test.app.actions.changeSettings({ utc: true });
    test.app.actions.select({ kind: "node", path: ["a"] });
    renderView(test, <DetailsPanel />);
    const said = () =>
      screen.queryByText("Nothing was recorded after 12:00:00: these are the numbers of then.");
    const at = Date.UTC(2026, 0, 6, 12, 1);
    const replay = {
      at,
      speed: 1,
      isPaused: true,
      isLoading: false,
      loop: undefined,
      end: at,
      fault: undefined,
    };
    act(() => test.player.tell({ phase: { kind: "replay", replay: { ...replay, gap: undefined } } }));
    expect(said()).toBeNull();
    const gap = { from: at - 60_000, to: undefined };
    act(() => test.player.tell({ phase: { kind: "replay", replay: { ...replay, gap } } }));
    expect(said()).not.toBeNull();
  });

  it("follows the data", () => {
    const test = createTestApp(fanOut([1, 2, 3]));
    test.app.actions.select({ kind: "node", path: ["a"] });
    renderView(test, <DetailsPanel />);
    act(() => test.player.show(fanOut([42, 2, 3], testStart + 1000)));
    expect(screen.getByRole("complementary").textContent).toContain("42 requests/s");
  });

  it("says when a node has gone", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.select({ kind: "node", path: ["north"] });
    renderView(test, <DetailsPanel />);
    expect(screen.getByRole("complementary").textContent).toContain("“north” is not in the data any more.");
  });

  it("tells an edge's ends, and that its latency was not measured", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.select({ kind: "edge", parent: [], source: "INTERNET", target: "east" });
    renderView(test, <DetailsPanel />);
    expect(screen.getByRole("heading", { level: 2, name: "INTERNET to east" })).toBeDefined();
    expect(screen.getByRole("complementary").textContent).toContain("not measured");
    fireEvent.click(screen.getByRole("button", { name: "east" }));
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["east"] });
  });

  it("goes into what can be entered", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.select({ kind: "node", path: ["east"] });
    renderView(test, <DetailsPanel />);
    fireEvent.click(screen.getByRole("button", { name: "Enter" }));
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("offers to unpin a node that was put in place", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.select({ kind: "node", path: ["east"] });
    renderView(test, <DetailsPanel />);
    expect(screen.queryByRole("button", { name: "Unpin" })).toBeNull();
    act(() => test.app.actions.dragNode(1, { x: 10, y: 10 }));
    fireEvent.click(screen.getByRole("button", { name: "Unpin" }));
    expect(test.app.store.getState().view.pins.size).toBe(0);
  });

  it("says that the numbers are old when no data come", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.select({ kind: "node", path: ["east"] });
    renderView(test, <DetailsPanel />);
    act(() => {
      test.clock.advance(12_000);
      test.player.tell({ phase: { kind: "stale", lastFrameAt: testStart } });
    });
    expect(screen.getByRole("complementary").textContent).toContain("No data for 12 s");
  });
});

describe("its tables", () => {
  const open = () => {
    const test = createTestApp(fanOut([3, 2, 1]));
    test.app.actions.select({ kind: "node", path: ["front"] });
    renderView(test, <DetailsPanel />);
    return { test, table: screen.getByRole("grid", { name: /^Outgoing/ }) };
  };
  const next = (rates: readonly [number, number, number]) => fanOut(rates, testStart + 1000);

  it("sort by volume at first, and anew when the volumes change", () => {
    const { test, table } = open();
    expect(names(table)).toEqual(["a", "b", "c"]);
    act(() => test.player.show(next([1, 2, 3])));
    expect(names(table)).toEqual(["c", "b", "a"]);
  });

  it("keep the column that a person chose while data come", () => {
    const { test, table } = open();
    fireEvent.click(within(table).getByRole("button", { name: "Name" }));
    act(() => test.player.show(next([1, 2, 3])));
    expect(names(table)).toEqual(["a", "b", "c"]);
    expect(within(table).getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
  });

  it("do not let rows jump away from under the pointer", () => {
    const { test, table } = open();
    const scroller = must(table.parentElement);
    fireEvent.pointerEnter(scroller);
    act(() => test.player.show(next([1, 2, 3])));
    expect(names(table)).toEqual(["a", "b", "c"]);
    fireEvent.pointerLeave(scroller);
    expect(names(table)).toEqual(["c", "b", "a"]);
  });

  it("keep the focus on the same row when it moves", () => {
    const { test, table } = open();
    const row = must(within(table).getAllByRole("row")[1]);
    act(() => row.focus());
    act(() => test.player.show(next([1, 2, 3])));
    expect(document.activeElement?.textContent).toContain("a");
    expect(document.activeElement).toBe(row);
  });

  it("move by arrow keys; Enter selects the node, Shift+Enter the edge", () => {
    const { test, table } = open();
    const rows = within(table).getAllByRole("row");
    act(() => must(rows[1]).focus());
    fireEvent.keyDown(must(rows[1]), { key: "ArrowDown" });
    expect(document.activeElement).toBe(rows[2]);
    fireEvent.keyDown(must(rows[2]), { key: "Enter", shiftKey: true });
    expect(test.app.store.getState().view.selection).toEqual({
      kind: "edge",
      parent: [],
      source: "front",
      target: "b",
    });
  });

  it("select the node at the other end", () => {
    const { test, table } = open();
    fireEvent.click(within(table).getByText("b"));
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["b"] });
  });
});

describe("what the data say", () => {
  const payload = '<img src=x onerror="globalThis.wasHit=1">';

  function hostile(): TrafficSnapshot {
    const snapshot = buildSnapshot(
      {
        children: { [payload]: { type: payload }, b: {} },
        edges: { [`${payload} > b`]: [1, 0, 0] },
      },
      testStart,
    );
    const { node } = resolvePath(snapshot.topology, [payload]);
    const nodes = snapshot.topology.nodes.with(node, {
      ...must(snapshot.topology.nodes[node]),
      metadata: { link: "javascript:globalThis.wasHit=1", good: "https://example.org/", html: payload },
    });
    const notices: readonly Notice[] = [
      { target: { kind: "node", node }, title: payload, subtitle: payload, severity: 2 },
      {
        target: { kind: "node", node },
        title: "bad link",
        link: "javascript:globalThis.wasHit=1",
        severity: 0,
      },
      { target: { kind: "node", node }, title: "good link", link: "https://example.org/", severity: 0 },
    ];
    return createSnapshot({
      ...snapshot,
      notices,
      topology: createTopology({ ...snapshot.topology, nodes }),
    });
  }

  it("is text, never HTML, and links lead to http and https only", () => {
    const test = createTestApp(hostile());
    test.app.actions.select({ kind: "node", path: [payload] });
    renderView(test, <DetailsPanel />);
    const panel = screen.getByRole("complementary");
    expect(panel.querySelector("img")).toBeNull();
    expect(panel.textContent).toContain(payload);
    expect(
      within(panel)
        .getAllByRole("link")
        .map((link) => [link.getAttribute("href"), link.getAttribute("rel")]),
    ).toEqual([
      ["https://example.org/", "noopener noreferrer"],
      ["https://example.org/", "noopener noreferrer"],
    ]);
    expect(within(panel).getByText("bad link").tagName).not.toBe("A");
  });
});
