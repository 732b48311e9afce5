import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { FilterBar } from "./FilterBar.tsx";
import { FilterButton } from "./FilterButton.tsx";
import { FindBox } from "./FindBox.tsx";
import { ProblemsButton } from "./ProblemsButton.tsx";

afterEach(cleanup);

function open() {
  const test = createTestApp(twoRegions(), "?in=east");
  renderView(test, <FindBox />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Find in this view" });
  const type = (text: string) => fireEvent.change(field, { target: { value: text } });
  return { test, field, type };
}

describe("find", () => {
  it("says how many of how many it has found", () => {
    const { type } = open();
    type("a");
    expect(screen.getByText("2 of 4")).toBeDefined();
  });

  it("goes from match to match with Enter, back with Shift, and says which one it is", () => {
    const { test, field, type } = open();
    type("a");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(screen.getByText("match 1 of 2")).toBeDefined();
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["east", "api"] });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(test.app.store.getState().view.selection).toEqual({ kind: "node", path: ["east", "cart"] });
    fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
    expect(screen.getByText("match 1 of 2")).toBeDefined();
  });

  it("is emptied by the first Escape and left by the next", () => {
    const { test, field, type } = open();
    act(() => field.focus());
    type("a");
    fireEvent.keyDown(field, { key: "Escape" });
    expect([test.app.store.getState().search.find, document.activeElement]).toEqual(["", field]);
    fireEvent.keyDown(field, { key: "Escape" });
    expect(document.activeElement).toBe(document.body);
    // Neither of them has left the view.
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("says what is wrong with a query", () => {
    const { field, type } = open();
    type("rate>lots");
    expect(screen.getByRole("alert").textContent).toContain("needs a number");
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  it("offers to search everywhere when nothing in the view matches", () => {
    const { test, type } = open();
    type("west");
    fireEvent.click(screen.getByRole("button", { name: "Search everywhere" }));
    expect(test.app.store.getState().screen.dialog).toBe("palette");
  });
});

describe("filter", () => {
  it("says how much it shows and how much it hides, also when its bar is closed", () => {
    const test = createTestApp(twoRegions(), "?in=east&filter=type:storage");
    renderView(
      test,
      <>
        <FilterBar />
        <FilterButton />
      </>,
    );
    // The entry always stays.
    expect(screen.getByText("2 of 4 nodes shown · 2 hidden")).toBeDefined();
    act(() => test.app.actions.toggleFilter());
    expect(screen.getByRole("button", { name: "Filter, 2 hidden" })).toBeDefined();
  });

  it("shows all again", () => {
    const test = createTestApp(twoRegions(), "?in=east&filter=type:storage");
    renderView(test, <FilterBar />);
    fireEvent.click(screen.getByRole("button", { name: "Show all" }));
    expect(test.app.store.getState().search.filter).toBe("");
    expect(screen.getByText("4 of 4 nodes shown")).toBeDefined();
  });
});

describe("only problems", () => {
  it("says how many there are while it is on", () => {
    const test = createTestApp(twoRegions(), "?in=east");
    renderView(test, <ProblemsButton />);
    const button = screen.getByRole("button");
    fireEvent.click(button);
    expect([button.getAttribute("aria-pressed"), button.textContent]).toEqual(["true", "No problems here"]);
  });
});
