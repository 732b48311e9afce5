import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { createDrillApp, drillFrame, type DrillApp } from "#testing/drill-app.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import { renderView } from "#testing/render-view.tsx";

import { SimulatedBanner } from "./SimulatedBanner.tsx";
import { SimulatedFrame } from "./SimulatedFrame.tsx";

afterEach(cleanup);

async function run(): Promise<DrillApp> {
  const test = createDrillApp();
  await test.run("east");
  renderView(
    test,
    <>
      <SimulatedBanner />
      <SimulatedFrame />
    </>,
  );
  return test;
}

const banner = () => screen.queryByRole("region", { name: /^Simulated\./ });

describe("the banner of a drill", () => {
  it("is not there while what is shown was measured", () => {
    renderView(createDrillApp(), <SimulatedBanner />);
    expect(banner()).toBeNull();
  });

  it("says that nothing was measured, which region goes, and what time it is", async () => {
    await run();
    expect(banner()?.textContent).toContain("Simulated");
    expect(banner()?.textContent).toContain("east");
    expect(banner()?.textContent).toContain("Not measured");
    expect(screen.getByRole("timer").textContent).toBe("−0:40");
  });

  it("quiets the colours of the picture as long as it is there", async () => {
    const test = await run();
    expect(document.documentElement.hasAttribute("data-simulated")).toBe(true);
    act(() => test.app.actions.stopDrill());
    expect(document.documentElement.hasAttribute("data-simulated")).toBe(false);
  });

  it("pauses, goes on, and changes the speed", async () => {
    const test = await run();
    fireEvent.click(screen.getByRole("button", { name: "Pause the drill" }));
    expect(test.running().progress.isPaused).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Go on with the drill" }));
    expect(test.running().progress.isPaused).toBe(false);
    fireEvent.change(screen.getByRole("combobox", { name: "Speed" }), { target: { value: "60" } });
    expect(test.running().progress.speed).toBe(60);
  });

  it("offers to fail back once the region has failed", async () => {
    const test = await run();
    expect(screen.queryByRole("button", { name: "Fail back" })).toBeNull();
    act(() => test.app.actions.seekDrill(60_000));
    fireEvent.click(screen.getByRole("button", { name: "Fail back" }));
    expect(test.running().progress.commands.map(({ kind }) => kind)).toEqual(["fail-back"]);
    expect(screen.queryByRole("button", { name: "Fail back" })).toBeNull();
  });

  it("stops by its button and by a key, and is gone at once", async () => {
    const test = await run();
    fireEvent.keyDown(window, { key: "x" });
    expect(banner()).toBeNull();
    expect(test.drill().activity.kind).not.toBe("running");
  });
});

describe("the banner of a drill that everybody sees", () => {
  const simulated = {
    drill: "1",
    victim: "east",
    saviours: ["west"],
    stage: "proxying",
    elapsedMs: 200_000,
  } as const;

  it("tells viewers what they see, and lets them steer nothing", () => {
    const test = createDrillApp();
    renderView(test, <SimulatedBanner />);
    act(() => test.player.show(createSnapshot({ ...drillFrame, at: drillFrame.at + 1000, simulated })));
    expect(banner()?.textContent).toContain("A drill that everybody sees: east is failed over");
    expect(banner()?.textContent).toContain("+3:20");
    expect(screen.queryAllByRole("button")).toEqual([]);
  });
});
