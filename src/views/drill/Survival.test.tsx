import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { ok, err } from "#base/result.ts";
import type { RegionLoss } from "#players/simulation-service.ts";
import type { Fit, Forecast, SaviourForecast } from "#simulation/forecast/forecast.ts";
import { createDrillApp, type DrillApp } from "#testing/drill-app.ts";
import { renderView } from "#testing/render-view.tsx";

import { DetailsPanel } from "../details-panel/DetailsPanel.tsx";
import { lossRows, survivalOf } from "./survival-rows.ts";

afterEach(cleanup);

function saviour(region: string, fit: Fit, high: number): SaviourForecast {
  const worst = { name: "api", before: 1, after: 2, capacitySource: "max-volume", fit } as const;
  const utilisation = { low: high / 1.25, high };
  return {
    region,
    share: 0.5,
    before: 1,
    after: 2,
    capacity: { low: 2, high: 2.5 },
    capacitySource: "max-volume",
    utilisation,
    fit,
    worstService: { ...worst, utilisation },
    services: [],
  };
}

function loss(victim: string, verdict: Fit, saviours: readonly SaviourForecast[]): RegionLoss {
  const none = { low: NaN, high: NaN };
  const total = { after: 0, capacity: none, utilisation: none };
  const forecast: Forecast = { victim, moved: 1, saviours, total, verdict, shed: 0, lost: [], caveats: [] };
  return { victim, forecast: ok(forecast) };
}

const losses: readonly RegionLoss[] = [
  loss("east", "does-not-fit", [saviour("west", "does-not-fit", 1.15), saviour("north", "fits", 0.8)]),
  loss("west", "tight", [saviour("east", "fits", 0.7), saviour("north", "tight", 0.95)]),
  { victim: "north", forecast: err({ kind: "no-traffic", message: "Nothing flows to north." }) },
];
const survival = { losses, fault: undefined, at: 0 };

describe("the loss of other regions", () => {
  it("is told for one region by what would come to it, and says where nothing can be said", () => {
    expect(survivalOf(survival, "west").map((row) => [row.victim, row.saviour?.fit, row.fault])).toEqual([
      ["east", "does-not-fit", undefined],
      ["north", undefined, "Nothing flows to north."],
    ]);
  });

  it("is told for all by the region that would be the fullest", () => {
    expect(lossRows(survival).map(({ victim, fit, fullest }) => [victim, fit, fullest?.region])).toEqual([
      ["east", "does-not-fit", "west"],
      ["west", "tight", "north"],
      ["north", "unknown", undefined],
    ]);
  });
});

describe("a region's details", () => {
  function open(path: readonly string[]): DrillApp {
    const test = createDrillApp();
    test.app.actions.select({ kind: "node", path });
    act(() => test.app.store.setState({ survival: { ...survival, losses: losses.slice(0, 2) } }));
    renderView(test, <DetailsPanel />);
    return test;
  }

  it("say which losses it survives, and which of its services would be the fullest", () => {
    open(["east"]);
    const list = screen.getByRole("list", { name: "Survives the loss of" });
    expect(
      within(list)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual(["westfits56 % – 70 % used · Fullest: api, 56 % – 70 % used"]);
  });

  it("offer to fail it over", () => {
    const test = open(["west"]);
    fireEvent.click(screen.getByRole("button", { name: "Fail over" }));
    expect(test.planning().plan.victim).toBe("west");
  });

  it("say nothing of it while a drill is shown", async () => {
    const test = createDrillApp();
    await test.run("east");
    act(() => test.app.actions.closeDrill());
    act(() => test.app.actions.select({ kind: "node", path: ["west"] }));
    act(() => test.app.store.setState({ survival }));
    renderView(test, <DetailsPanel />);
    expect(screen.queryByRole("list", { name: "Survives the loss of" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Fail over" })).toBeNull();
  });

  it("have the whole table where traffic enters, and a row opens the plan", () => {
    const test = open(["INTERNET"]);
    const table = screen.getByRole("table");
    expect(
      within(table)
        .getAllByRole("row")
        .slice(1)
        .map(({ textContent }) => textContent),
    ).toEqual(["eastwest, 92 % – 115 % useddoes not fit", "westnorth, 76 % – 95 % usedtight"]);
    fireEvent.click(within(table).getByRole("button", { name: "west" }));
    expect(test.planning().plan.victim).toBe("west");
  });
});
