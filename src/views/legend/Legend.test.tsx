import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { Legend } from "./Legend.tsx";

afterEach(cleanup);

describe("the legend", () => {
  it("says what a dot is worth, and names the classes", () => {
    renderView(createTestApp(twoRegions()), <Legend />);
    const legend = screen.getByRole("region", { name: "Legend" });
    expect(legend.textContent).toMatch(/^1 dot = [\d,]+ requests?/);
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "normal",
      "warning",
      "danger",
    ]);
  });

  it("says so when dots are left out because the machine is slow", () => {
    const test = createTestApp(twoRegions());
    renderView(test, <Legend />);
    act(() => test.app.actions.setDrawing({ thinning: 0.5 }));
    expect(screen.getByText("every 2nd dot")).toBeDefined();
  });

  it("does not speak of moving dots where nothing may move", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.changeSettings({ motion: "reduced" });
    renderView(test, <Legend />);
    expect(screen.getByRole("region").textContent).toContain("Printed rates, no moving dots");
  });

  it("can be switched off", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.changeSettings({ legend: false });
    renderView(test, <Legend />);
    expect(screen.queryByRole("region")).toBeNull();
  });
});
