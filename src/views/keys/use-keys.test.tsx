import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { CommandButton } from "../CommandButton.tsx";

describe("useKeys", () => {
  let test: TestApp;
  beforeEach(() => {
    test = createTestApp(twoRegions());
    renderView(
      test,
      <>
        <input aria-label="field" />
        <CommandButton id="legend" />
      </>,
    );
  });
  afterEach(cleanup);

  const state = () => test.app.store.getState();

  it("runs the command of a key that is pressed anywhere", () => {
    fireEvent.keyDown(document.body, { key: "t" });
    expect(state().screen.isTableOpen).toBe(true);
  });

  it("does nothing while somebody types", () => {
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "t" });
    expect(state().screen.isTableOpen).toBe(false);
  });

  it("opens the palette even from a text field", () => {
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "k", ctrlKey: true });
    expect(state().screen.dialog).toBe("palette");
  });

  it("takes what is typed for a dialog that is still on its way for no command", () => {
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "t" });
    expect(state().screen.isTableOpen).toBe(false);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(state().screen.dialog).toBe(undefined);
    fireEvent.keyDown(document.body, { key: "t" });
    expect(state().screen.isTableOpen).toBe(true);
  });

  it("does not pause when Space presses a button", () => {
    fireEvent.keyDown(screen.getByRole("button", { name: "Legend" }), { key: " " });
    expect(state().feed.phase.kind).toBe("live");
    fireEvent.keyDown(document.body, { key: " " });
    expect(state().feed.phase.kind).toBe("paused");
  });

  it("leaves keys alone that somebody else has used", () => {
    const field = screen.getByRole("button", { name: "Legend" });
    field.addEventListener("keydown", (event) => event.preventDefault());
    fireEvent.keyDown(field, { key: "t" });
    expect(state().screen.isTableOpen).toBe(false);
  });

  it("does not act on single keys once they are switched off", () => {
    test.app.actions.changeSettings({ singleKeys: false });
    fireEvent.keyDown(document.body, { key: "t" });
    expect(state().screen.isTableOpen).toBe(false);
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    expect(state().screen.dialog).toBe("palette");
  });

  it("goes up one step at a time with Escape", () => {
    test.app.actions.enter(["east"]);
    test.app.actions.select({ kind: "node", path: ["east", "cart"] });
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect([state().view.selection, state().view.focus]).toEqual([undefined, ["east"]]);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(state().view.focus).toEqual([]);
  });
});
