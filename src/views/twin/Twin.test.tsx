import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { Announcer } from "./Announcer.tsx";
import { Twin } from "./Twin.tsx";

afterEach(cleanup);

const active = () =>
  document.getElementById(screen.getByRole("listbox").getAttribute("aria-activedescendant") ?? "")
    ?.textContent;

describe("the twin", () => {
  it("names every node of the view, with its numbers", () => {
    renderView(createTestApp(twoRegions(testStart)), <Twin />);
    expect(screen.getByRole("listbox", { name: "global, 2 regions, 3 edges" })).toBeDefined();
    expect(screen.getAllByRole("option").map((option) => option.textContent?.split(",")[0])).toEqual([
      "INTERNET",
      "east",
      "west",
    ]);
  });

  it("begins at the entry when it gets the keyboard, and lets go of it again", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <Twin />);
    act(() => screen.getByRole("listbox").focus());
    expect(active()).toMatch(/^INTERNET/);
    act(() => screen.getByRole("listbox").blur());
    expect(test.app.store.getState().view.cursor).toBeUndefined();
    act(() => screen.getByRole("listbox").focus());
    expect(active()).toMatch(/^INTERNET/);
  });

  it("moves in space by arrow keys, goes in by Enter and out by Escape", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <Twin />);
    const list = screen.getByRole("listbox");
    act(() => list.focus());
    fireEvent.keyDown(list, { key: "ArrowRight" });
    expect(active()).toMatch(/^east/);
    fireEvent.keyDown(list, { key: "Enter" });
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
    fireEvent.keyDown(list, { key: "Escape" });
    expect(test.app.store.getState().view.focus).toEqual([]);
    expect(active()).toMatch(/^east/);
  });

  it("opens the details of the node without going in", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <Twin />);
    const list = screen.getByRole("listbox");
    act(() => list.focus());
    fireEvent.keyDown(list, { key: "ArrowRight" });
    fireEvent.keyDown(list, { key: "i" });
    expect(test.app.store.getState().view).toMatchObject({
      focus: [],
      selection: { kind: "node", path: ["east"] },
    });
  });

  it("takes the keyboard when an arrow is pressed where nothing has it", () => {
    renderView(createTestApp(twoRegions(testStart)), <Twin />);
    fireEvent.keyDown(document.body, { key: "ArrowRight" });
    expect(document.activeElement).toBe(screen.getByRole("listbox"));
  });

  it("reads numbers anew once a second at most", () => {
    const test = createTestApp(twoRegions(testStart));
    renderView(test, <Twin />);
    const east = () => screen.getAllByRole("option")[1]?.textContent;
    const before = east();
    act(() => test.player.show({ ...twoRegions(testStart + 100), rates: new Float64Array(27) }));
    expect(east()).toBe(before);
    act(() => test.clock.advance(1_000));
    expect(east()).not.toBe(before);
  });

  it("does not make an element of each of a thousand nodes", () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `service-${i}`);
    const snapshot = buildSnapshot(
      {
        view: "flow",
        children: Object.fromEntries(names.map((name) => [name, {}])),
        edges: { "service-0 > service-1": [1, 0, 0] },
      },
      testStart,
    );
    renderView(createTestApp(snapshot), <Twin />);
    const options = screen.getAllByRole("option");
    expect(options.length).toBeLessThan(50);
    expect(options[0]?.getAttribute("aria-setsize")).toBe("1000");
  });
});

describe("the announcer", () => {
  it("tells another view and another state of the source", () => {
    const test = createTestApp(twoRegions(testStart));
    const { container } = renderView(test, <Announcer />);
    expect(container.textContent).toContain("global, 2 regions, 3 edges");
    act(() => test.app.actions.enter(["west"]));
    expect(container.textContent).toContain("west, 3 services, 3 edges");
    act(() => test.player.tell({ phase: { kind: "stale", lastFrameAt: 0 } }));
    expect(container.textContent).toContain("Stale");
  });

  it("does not call a recording live that the source plays, nor stale when it has ended", () => {
    const test = createTestApp(twoRegions(testStart));
    const { container } = renderView(test, <Announcer />);
    const past = { from: 0, to: testStart };
    const source = {
      title: "Incident",
      feed: "i",
      intervalMs: 1000,
      role: "viewer",
      problems: [],
      past,
    } as const;
    act(() => test.player.tell({ source }));
    expect(container.textContent).toContain("Replay of “Incident”");
    act(() => test.player.tell({ phase: { kind: "stale", lastFrameAt: 0 } }));
    expect(container.textContent).toContain("Replay of “Incident”");
    act(() => test.player.tell({ phase: { kind: "reconnecting", since: 0, reason: "" } }));
    expect(container.textContent).toContain("Reconnecting");
  });
});
