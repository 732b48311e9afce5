import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions, type NodeSketch } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { Breadcrumb } from "./Breadcrumb.tsx";

afterEach(cleanup);

const crumbs = () =>
  within(screen.getByRole("navigation"))
    .getAllByRole("listitem")
    .map((item) => item.textContent);

/** A tree of one branch. */
function deep(names: readonly string[]): NodeSketch {
  const [name, ...rest] = names;
  return name === undefined ? {} : { children: { [name]: deep(rest), other: {} } };
}

describe("the breadcrumb", () => {
  it("names the way from the whole to here, and goes back along it", () => {
    const test = createTestApp(twoRegions(), "?in=east&in=cart");
    renderView(test, <Breadcrumb isCompact={false} />);
    expect(crumbs()).toEqual(["global", "east", "cart"]);
    expect(screen.getByRole("button", { name: "cart" }).getAttribute("aria-current")).toBe("page");
    fireEvent.click(screen.getByRole("button", { name: "east" }));
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("folds the middle of a long way into a menu", () => {
    const test = createTestApp(buildSnapshot(deep(["a", "b", "c", "d", "e"])), "?in=a&in=b&in=c&in=d");
    renderView(test, <Breadcrumb isCompact={false} />);
    expect(crumbs()).toEqual(["global", "", "c", "d"]);
    expect(screen.getByRole("button", { name: "Levels between" })).toBeDefined();
  });

  it("leaves the room of a narrow screen to where one is, and folds the way there", () => {
    const test = createTestApp(twoRegions(), "?in=east");
    renderView(test, <Breadcrumb isCompact />);
    expect(crumbs()).toEqual(["", "east"]);
    expect(screen.getByRole("button", { name: "Levels above" })).toBeDefined();
  });
});
