import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { CommandPalette } from "./CommandPalette.tsx";

afterEach(cleanup);

function open() {
  const test = createTestApp(twoRegions());
  const onClose = vi.fn<() => void>();
  renderView(test, <CommandPalette onClose={onClose} />);
  const field = screen.getByRole("combobox");
  const type = (text: string) => fireEvent.change(field, { target: { value: text } });
  const active = () =>
    document.getElementById(field.getAttribute("aria-activedescendant") ?? "")?.textContent;
  return { test, onClose, field, type, active };
}

describe("the command palette", () => {
  it("runs a command by keyboard alone", () => {
    const { test, onClose, field, type } = open();
    type("table");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onClose).toHaveBeenCalledOnce();
    expect(test.app.store.getState().screen.isTableOpen).toBe(true);
  });

  it("moves along the results with the arrows, around both ends", () => {
    const { field, type, active } = open();
    type("cart");
    expect(active()).toContain("east");
    fireEvent.keyDown(field, { key: "ArrowDown" });
    expect(active()).toContain("west");
    fireEvent.keyDown(field, { key: "ArrowUp" });
    fireEvent.keyDown(field, { key: "ArrowUp" });
    expect(active()).not.toContain("east");
  });

  it("shows a service where it stands, selected", () => {
    const { test, field, type } = open();
    type("west cart");
    fireEvent.keyDown(field, { key: "Enter" });
    const { view } = test.app.store.getState();
    expect([view.focus, view.selection]).toEqual([["west"], { kind: "node", path: ["west", "cart"] }]);
  });

  it("goes into a region, and with the modifier into a service", () => {
    const region = open();
    region.type("east");
    fireEvent.keyDown(region.field, { key: "Enter" });
    expect(region.test.app.store.getState().view.focus).toEqual(["east"]);
    cleanup();
    const service = open();
    service.type("west cart");
    fireEvent.keyDown(service.field, { key: "Enter", ctrlKey: true });
    expect(service.test.app.store.getState().view.focus).toEqual(["west", "cart"]);
  });

  it("says when nothing is found", () => {
    const { type } = open();
    type("zzzz");
    expect(screen.getByText(/Nothing is called like that/)).toBeDefined();
    expect(screen.queryAllByRole("option")).toHaveLength(0);
  });

  it("begins with what was not found in the view", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.setFind("api-1");
    renderView(test, <CommandPalette onClose={() => undefined} />);
    expect(screen.getByRole<HTMLInputElement>("combobox").value).toBe("api-1");
  });
});
