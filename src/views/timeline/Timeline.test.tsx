import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { createReplayPlayer } from "#players/replay-player.ts";
import { twoRegions } from "#testing/builders.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { Timeline } from "./Timeline.tsx";

const start = Date.UTC(2026, 0, 6, 12);
const frames = Array.from({ length: 120 }, (_, i) => twoRegions(start + i * 1000));

function opened(search = "", recorded: readonly TrafficSnapshot[] = frames): TestApp {
  const recording = new MemoryRecording(recorded, 20);
  const test = createTestApp(undefined, search, {
    recording,
    playing: (player, clock) => createReplayPlayer(player, { source: recording, clock }),
  });
  test.app.actions.changeSettings({ utc: true });
  renderView(test, <Timeline />);
  test.player.show(recorded[119]!);
  return test;
}

const phase = ({ app }: TestApp) => app.store.getState().feed.phase;
const shownAt = ({ app }: TestApp) => app.store.getState().feed.current?.at;

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

afterEach(cleanup);

describe("the timeline", () => {
  it("is a slider that keys move: to the beginning, on, to what is live", async () => {
    const test = opened();
    const slider = await screen.findByRole("slider", { name: "Moment" });
    fireEvent.keyDown(slider, { key: "Home" });
    expect(phase(test).kind).toBe("replay");
    expect(shownAt(test)).toBe(start);
    fireEvent.keyDown(slider, { key: " " });
    expect(phase(test)).toMatchObject({ replay: { isPaused: true } });
    fireEvent.keyDown(slider, { key: "ArrowRight" });
    expect(shownAt(test)).toBe(start + 1000);
    fireEvent.keyDown(slider, { key: "PageUp" });
    expect(shownAt(test)).toBe(start + 13_000);
    fireEvent.keyDown(slider, { key: "End" });
    expect(phase(test).kind).toBe("live");
  });

  it("tells the moment at which time stands, also when it has just told another", async () => {
    const width = vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(500);
    const test = opened();
    const slider = await screen.findByRole("slider", { name: "Moment" });
    fireEvent.keyDown(slider, { key: "Home" });
    fireEvent.keyDown(slider, { key: " " });
    test.clock.advance(1000);
    const now = () => Number(slider.getAttribute("aria-valuenow"));
    await vi.waitFor(() => expect(now()).toBe(start));
    fireEvent.keyDown(slider, { key: "ArrowRight" });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(now()).toBe(start);
    test.clock.advance(1000);
    // A hundredth of what is recorded.
    await vi.waitFor(() => expect(now()).toBe(start + 1190));
    test.app.actions.seekReplay(start + 1700);
    test.clock.advance(1000);
    // In words it is the same second.
    await vi.waitFor(() => expect(now()).toBe(start + 1700));
    width.mockRestore();
  });

  it("goes to a mark, and nowhere else before, when somebody presses close beside it", async () => {
    const width = vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(595);
    const notice = { target: { kind: "node", node: 1 }, title: "slow", severity: 1 } as const;
    const test = opened(
      "",
      frames.map((frame, i) => (i < 60 ? frame : { ...frame, notices: [notice] })),
    );
    const slider = await screen.findByRole("slider", { name: "Moment" });
    slider.setPointerCapture = () => undefined;
    const scrub = vi.spyOn(test.app.actions, "scrubReplay");
    const seek = vi.spyOn(test.app.actions, "seekReplay");
    // Five pixels a second: the notice came at 300.
    fireEvent.pointerDown(slider, { clientX: 302, button: 0, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 303, button: 0, pointerId: 1 });
    await vi.waitFor(() => expect(scrub).toHaveBeenCalled());
    fireEvent.pointerUp(slider, { clientX: 303, button: 0, pointerId: 1 });
    expect(scrub.mock.calls).toEqual([[start + 60_000]]);
    expect(seek.mock.calls).toEqual([[start + 60_000]]);
    // Who drags away from it does not mean it.
    fireEvent.pointerDown(slider, { clientX: 302, button: 0, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 350, button: 0, pointerId: 1 });
    fireEvent.pointerUp(slider, { clientX: 350, button: 0, pointerId: 1 });
    expect(seek.mock.lastCall).toEqual([start + 70_000]);
    width.mockRestore();
  });

  it("zooms around the moment with + and -, and keeps to what is recorded", async () => {
    const test = opened();
    const slider = await screen.findByRole("slider", { name: "Moment" });
    fireEvent.keyDown(slider, { key: "+" });
    const { zoom } = test.app.store.getState().replay;
    expect(zoom.spanMs).toBeCloseTo(119_000 / 1.5, -1);
    for (let i = 0; i < 20; i += 1) fireEvent.keyDown(slider, { key: "-" });
    expect(test.app.store.getState().replay.zoom.spanMs).toBeCloseTo(119_000, -1);
  });

  it("offers to step, to choose a speed and to go back to live, when the past is shown", async () => {
    const test = opened();
    await screen.findByRole("slider", { name: "Moment" });
    expect(screen.queryByRole("button", { name: "Back to live" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Frame before" }));
    expect(shownAt(test)).toBe(start + 118_000);
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Speed: 1×" })).disabled).toBe(
      false,
    );
    fireEvent.click(await screen.findByRole("button", { name: "Back to live" }));
    expect(phase(test).kind).toBe("live");
  });

  it("opens at the moment that the address names, and writes the moment that is shown", async () => {
    const test = opened("?time=2026-01-06T12:01:00Z&speed=4&paused=1");
    await screen.findByRole("button", { name: "Back to live" });
    expect(shownAt(test)).toBe(start + 60_000);
    expect(phase(test)).toMatchObject({ replay: { speed: 4, isPaused: true } });
    test.app.actions.stepReplay(1);
    test.clock.advance(300);
    expect(test.address.search).toContain("time=2026-01-06T12%3A01%3A01Z&speed=4&paused=1");
  });

  it("goes to the nearest moment from one that is not recorded, and says so", async () => {
    const test = opened("?time=2026-01-05T12:00:00Z&paused=1");
    await screen.findByRole("button", { name: "Back to live" });
    expect(shownAt(test)).toBe(start);
    expect(test.app.store.getState().toasts.map(({ text }) => text)).toEqual([
      "That moment is not recorded; this is the nearest.",
    ]);
  });

  it("says when the recording has just begun", async () => {
    const recording = new MemoryRecording(frames.slice(0, 2));
    const test = createTestApp(undefined, "", { recording });
    renderView(test, <Timeline />);
    test.player.show(frames[1]!);
    expect(await screen.findByText(/has just begun/)).toBeDefined();
  });

  it("says when a feed is not recorded, and can be put away", async () => {
    const test = createTestApp(twoRegions(start));
    renderView(test, <Timeline />);
    expect(await screen.findByText("This feed is not recorded.", { exact: false })).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Hide the timeline" }));
    expect(screen.queryByRole("region", { name: "Timeline" })).toBeNull();
  });

  it("asks for nothing while it is put away", () => {
    const recording = new MemoryRecording(frames);
    const overview = vi.spyOn(recording, "overview");
    const test = createTestApp(undefined, "", { recording });
    test.app.actions.changeSettings({ timeline: false });
    renderView(test, <Timeline />);
    test.player.show(frames[119]!);
    expect(overview).not.toHaveBeenCalled();
  });
});
