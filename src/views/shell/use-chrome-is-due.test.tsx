import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { ReactNode } from "react";

import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { useChromeIsDue } from "./use-chrome-is-due.ts";

afterEach(cleanup);

function Probe(): ReactNode {
  return <p>{useChromeIsDue() ? "bars" : "nothing yet"}</p>;
}

const shows = (): string | null | undefined => screen.getByText(/bars|nothing yet/).textContent;
const pass = (test: TestApp, ms: number): void => act(() => test.clock.advance(ms));

it("waits until the first picture is drawn, however slowly", () => {
  const test = createTestApp(twoRegions(testStart));
  renderView(test, <Probe />);
  pass(test, 5_000);
  expect(shows()).toBe("nothing yet");
  act(() => test.app.actions.setDrawing({ isDrawn: true }));
  expect(shows()).toBe("bars");
});

it("does not wait for ever for a drawing, as in a hidden tab", () => {
  const test = createTestApp(twoRegions(testStart));
  renderView(test, <Probe />);
  pass(test, 10_000);
  expect(shows()).toBe("bars");
});

it("comes soon where there is no traffic, and stays when some comes", () => {
  const test = createTestApp();
  renderView(test, <Probe />);
  pass(test, 2_500);
  expect(shows()).toBe("bars");
  act(() => test.player.show(twoRegions(testStart)));
  expect(shows()).toBe("bars");
});
