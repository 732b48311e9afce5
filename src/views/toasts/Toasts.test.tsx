import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { Toasts } from "./Toasts.tsx";

afterEach(cleanup);

describe("toasts", () => {
  it("are heard: politely, and errors at once", () => {
    const test = createTestApp();
    renderView(test, <Toasts />);
    act(() => {
      test.app.actions.toast({ kind: "info", text: "copied", tip: "paste it somewhere" });
      test.app.actions.toast({ kind: "error", text: "failed" });
    });
    expect(screen.getByText("copied").closest("[aria-live]")?.getAttribute("aria-live")).toBe("polite");
    expect(screen.getByText("failed").closest("[aria-live]")?.getAttribute("aria-live")).toBe("assertive");
  });

  it("go by themselves after a while; errors stay until somebody closes them", () => {
    const test = createTestApp();
    renderView(test, <Toasts />);
    act(() => {
      test.app.actions.toast({ kind: "info", text: "copied" });
      test.app.actions.toast({ kind: "error", text: "failed" });
      test.clock.advance(60_000);
    });
    expect(screen.queryByText("copied")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Dismiss this message" }));
    expect(screen.queryByText("failed")).toBeNull();
  });
});
