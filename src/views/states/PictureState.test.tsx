import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { FeedBanner } from "./FeedBanner.tsx";
import { PictureState } from "./PictureState.tsx";

afterEach(cleanup);

const heading = () => screen.queryByRole("heading")?.textContent;

describe("where there is no picture", () => {
  it("says that it connects, and after a while what may be wrong", () => {
    const test = createTestApp();
    renderView(test, <PictureState />);
    expect(heading()).toBe("Connecting to the server");
    expect(screen.queryByText(/Is the server running/)).toBeNull();
    act(() => test.clock.advance(7_000));
    expect(screen.getByText(/Is the server running/)).toBeDefined();
  });

  it.each(["token", "origin", "version", "feed"] as const)("says what to do when refused: %s", (cause) => {
    const test = createTestApp();
    test.player.tell({ phase: { kind: "refused", cause, message: "the server's words" } });
    renderView(test, <PictureState />);
    expect(heading()).toBeDefined();
    expect(screen.getByText("the server's words")).toBeDefined();
    expect(screen.getByRole("button")).toBeDefined();
  });

  it("says when the feed has no nodes", () => {
    renderView(createTestApp(buildSnapshot({}, testStart)), <PictureState />);
    expect(heading()).toBe("The feed has no nodes");
  });

  it("offers the table when nothing can be drawn", () => {
    const test = createTestApp(twoRegions(testStart));
    test.app.actions.setDrawing({ failure: "no canvas" });
    renderView(test, <PictureState />);
    expect(screen.getByText("no canvas")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Open the table" }));
    expect(test.app.store.getState().screen.isTableOpen).toBe(true);
  });

  it("says when the filter hides everything, and undoes it", () => {
    const test = createTestApp(buildSnapshot({ children: { a: {}, b: {} } }, testStart), "?filter=zzz");
    renderView(test, <PictureState />);
    expect(heading()).toBe("The filter hides everything here");
    fireEvent.click(screen.getByRole("button", { name: "Show all" }));
    expect(heading()).toBeUndefined();
  });
});

describe("the banner", () => {
  it("is not there while all is well", () => {
    const { container } = renderView(createTestApp(twoRegions(testStart)), <FeedBanner />);
    expect(container.textContent).toBe("");
  });

  it("says how old the picture is when no data come", () => {
    const test = createTestApp(twoRegions(testStart));
    const { container } = renderView(test, <FeedBanner />);
    act(() => {
      test.player.tell({ phase: { kind: "stale", lastFrameAt: testStart } });
      test.clock.advance(20_000);
    });
    expect(container.textContent).toBe("No data for 20 s. The picture shows the last that came.");
  });

  it("says since when and why there is no connection", () => {
    const test = createTestApp(twoRegions(testStart));
    const { container } = renderView(test, <FeedBanner />);
    act(() => {
      test.player.tell({
        phase: { kind: "reconnecting", since: testStart, reason: "The server has stopped." },
      });
      test.clock.advance(5_000);
    });
    expect(container.textContent).toBe(
      "No connection for 5 s. The server has stopped. Trying again by itself.",
    );
  });

  it("says when the graphics card was lost", () => {
    const test = createTestApp(twoRegions(testStart));
    const { container } = renderView(test, <FeedBanner />);
    act(() => test.app.actions.setDrawing({ isContextLost: true }));
    expect(container.textContent).toContain("graphics card was lost");
  });
});
