import { drillWords } from "#store/drill-words.ts";
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import type { Fit, Forecast } from "#simulation/forecast/forecast.ts";
import { createDrillApp, type DrillApp } from "#testing/drill-app.ts";
import { renderView } from "#testing/render-view.tsx";

import { DrillPanel } from "./DrillPanel.tsx";
import { ForecastView } from "./ForecastView.tsx";

afterEach(cleanup);

function openPlan(region = "east"): DrillApp {
  const test = createDrillApp();
  test.app.actions.openDrill(region);
  renderView(test, <DrillPanel />);
  return test;
}

describe("the plan of a failover", () => {
  it("is not there until somebody asks for it", () => {
    renderView(createDrillApp(), <DrillPanel />);
    expect(screen.queryByRole("complementary")).toBeNull();
  });

  it("names its region, and has the keyboard", () => {
    openPlan();
    const heading = screen.getByRole("heading", { level: 2, name: "Fail over east" });
    expect(document.activeElement).toBe(heading);
  });

  it("gives the keyboard back when it is closed", () => {
    const test = createDrillApp();
    renderView(
      test,
      <>
        <button type="button">before</button>
        <DrillPanel />
      </>,
    );
    screen.getByRole("button", { name: "before" }).focus();
    act(() => test.app.actions.openDrill("east"));
    fireEvent.click(screen.getByRole("button", { name: "Close the plan" }));
    expect(document.activeElement?.textContent).toBe("before");
  });

  it("takes another region, another policy and other assumptions", () => {
    const test = openPlan();
    const change = (name: string, value: string): void => {
      fireEvent.change(screen.getByRole("combobox", { name }), { target: { value } });
    };
    change("Region that goes", "west");
    change("Policy", "classic");
    fireEvent.click(screen.getByRole("radio", { name: "Stays" }));
    fireEvent.change(screen.getByRole("slider", { name: "Capacity" }), { target: { value: "1.5" } });
    fireEvent.change(screen.getByRole("slider", { name: "Requests that fail" }), { target: { value: "0" } });
    expect(test.planning().plan).toMatchObject({
      victim: "west",
      policy: { id: "classic" },
      internalTraffic: "stays",
      capacityFactor: 1.5,
      failure: { errorShare: 0, capacityLoss: 0 },
    });
    expect(screen.getByText(drillWords.drillPanel.exercise)).toBeDefined();
  });

  it("says that the division of Nimble's eight minutes is an assumption, and lets it be changed", () => {
    const test = openPlan();
    expect(screen.getByText(/this one is an assumption/)).toBeDefined();
    const minutes = screen.getByRole("spinbutton", { name: "Minutes of “Pass traffic on”" });
    fireEvent.change(minutes, { target: { value: "4" } });
    expect(test.planning().plan.policy).toMatchObject({ id: "custom" });
    expect(screen.getByText("10 min from the failure to the last step")).toBeDefined();
  });

  it("has sliders for the shares once they are set by hand", () => {
    const test = openPlan();
    expect(screen.queryByRole("slider", { name: "Share of west" })).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "By hand" }));
    expect(test.planning().plan.split).toEqual({ kind: "manual", shares: { west: 1 } });
    expect(screen.getByRole("slider", { name: "Share of west" })).toBeDefined();
  });

  it("says why it cannot be run, and what to do", () => {
    openPlan("nowhere");
    const fault = screen.getByRole("alert");
    expect(fault.textContent).toContain('There is no region "nowhere". There are: east, west.');
    expect(screen.getByRole("button", { name: "Run the drill" }).getAttribute("aria-disabled")).toBe("true");
  });

  it("runs by its button, and by the keyboard alone", async () => {
    const test = openPlan();
    await act(async () => {
      fireEvent.keyDown(window, { key: "Enter", ctrlKey: true });
      await Promise.resolve();
    });
    expect(test.drill().activity.kind).toBe("running");
    expect(screen.getByRole("heading", { level: 2, name: "east is failed over" })).toBeDefined();
  });

  it("keeps the keyboard when its button goes with the plan", async () => {
    openPlan();
    const button = screen.getByRole("button", { name: "Run the drill" });
    button.focus();
    await act(async () => {
      fireEvent.click(button);
      await Promise.resolve();
    });
    expect(document.activeElement).toBe(
      screen.getByRole("heading", { level: 2, name: "east is failed over" }),
    );
  });

  it("closes at Escape, wherever in it the keyboard is", () => {
    const test = openPlan();
    fireEvent.keyDown(screen.getByRole("slider", { name: "Capacity" }), { key: "Escape" });
    expect(test.drill().isPanelOpen).toBe(false);
  });
});

describe("a drill that runs", () => {
  async function run(): Promise<DrillApp> {
    const test = createDrillApp();
    await test.run("east");
    renderView(test, <DrillPanel />);
    return test;
  }

  it("shows its phases in their order", async () => {
    await run();
    const phases = within(screen.getByRole("list", { name: "Phases" })).getAllByRole("listitem");
    expect(phases.map((phase) => phase.textContent)).toEqual([
      "Decideto come0:00 – 1:00",
      "Open dark instancesto come1:00 – 3:00",
      "Pass traffic onto come3:00 – 5:00",
      "DNS points awayto come5:00 – 8:00",
    ]);
  });

  it("goes to any of its moments", async () => {
    const test = await run();
    act(() => {
      fireEvent.change(screen.getByRole("slider", { name: "Simulated moment" }), {
        target: { value: "90000" },
      });
    });
    expect(test.running().progress.elapsedMs).toBe(90_000);
    expect(screen.getByRole("list", { name: "What happened" }).textContent).toContain("east fails");
  });

  it("goes on when its panel is closed", async () => {
    const test = await run();
    fireEvent.click(screen.getByRole("button", { name: "Close the panel; the drill goes on" }));
    expect(test.drill().isPanelOpen).toBe(false);
    expect(test.drill().activity.kind).toBe("running");
  });

  it("is put beside another policy, and the better number is marked", async () => {
    const test = await run();
    act(() => {
      fireEvent.change(screen.getByRole("combobox", { name: "Compare with" }), {
        target: { value: "classic" },
      });
    });
    const table = within(screen.getByRole("region", { name: "Side by side" })).getByRole("table");
    expect(
      within(table)
        .getAllByRole("columnheader")
        .map(({ textContent }) => textContent),
    ).toEqual(["Measure", "Nimble", "Classic"]);
    fireEvent.click(screen.getByRole("button", { name: "Close the comparison" }));
    expect(test.drill().comparison).toBeUndefined();
  });
});

describe("a drill that was stopped", () => {
  it("leaves its result beside the plan, until the next one runs", async () => {
    const test = createDrillApp();
    await test.run("east");
    renderView(test, <DrillPanel />);
    act(() => test.app.actions.seekDrill(120_000));
    act(() => test.app.actions.stopDrill());
    const name = "The run before: Nimble, up to 2:00 after the failure";
    expect(screen.getByRole("region", { name }).textContent).toContain("Error-minutes");
    expect(screen.getByRole("heading", { level: 2, name: "Fail over east" })).toBeDefined();
  });
});

describe("a prediction", () => {
  function forecastOf(fit: Fit, low: number, high: number): Forecast {
    const capacity = { low: 100, high: 130 };
    return {
      victim: "east",
      moved: 63_270,
      saviours: [
        {
          region: "west",
          share: 1,
          before: 40,
          after: 95,
          capacity,
          capacitySource: "max-volume",
          utilisation: { low, high },
          fit,
          worstService: undefined,
          services: [],
        },
      ],
      total: { after: 95, capacity, utilisation: { low, high } },
      verdict: fit,
      shed: fit === "does-not-fit" ? 12 : 0,
      lost: [{ service: "search", missingIn: ["west"], rate: 900 }],
      caveats: [{ kind: "few-frames", text: "Only one frame is known." }],
    };
  }

  it.each<[Fit, number, number, string, string]>([
    ["fits", 0.6, 0.8, "fits", "60 % – 80 % used"],
    ["tight", 0.73, 0.95, "tight", "73 % – 95 % used"],
    ["does-not-fit", 0.9, 1.17, "does not fit", "90 % – 117 % used"],
    ["unknown", NaN, NaN, "unknown", "no capacity known"],
  ])("says of a saviour that it %s", (fit, low, high, word, used) => {
    const forecast = forecastOf(fit, low, high);
    renderView(createDrillApp(), <ForecastView forecast={forecast} isComputing={false} />);
    const saviour = screen.getByRole("listitem", { name: new RegExp(`^west: ${word}, `) });
    expect(saviour.textContent).toContain(used);
    expect(saviour.textContent).toContain("40 → 95/s");
    expect(saviour.textContent).toContain("the peak that the source names");
    expect(screen.getByText(drillWords.forecast.verdicts[fit])).toBeDefined();
  });

  it("names what would be lost, what would be shed, and what it is not sure of", () => {
    renderView(
      createDrillApp(),
      <ForecastView forecast={forecastOf("does-not-fit", 1, 1.2)} isComputing={false} />,
    );
    const prediction = screen.getByRole("region", { name: "Prediction" });
    expect(prediction.textContent).toContain("search is missing in west: up to 900 requests/s need it");
    expect(prediction.textContent).toContain("12 requests/s find no room and are shed");
    expect(prediction.textContent).toContain("Only one frame is known.");
  });
});
