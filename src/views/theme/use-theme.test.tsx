import { act, cleanup } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { useTheme } from "./use-theme.ts";

afterEach(cleanup);

function Themed() {
  useTheme();
  return undefined;
}

const look = () => {
  const { theme, contrast, motion } = document.documentElement.dataset;
  return [theme, contrast, motion];
};

describe("the theme", () => {
  it("follows the system", () => {
    const test = createTestApp();
    renderView(test, <Themed />);
    act(() => test.app.actions.setPreferences({ dark: false, highContrast: true, reducedMotion: true }));
    expect(look()).toEqual(["light", "high", "reduced"]);
    act(() => test.app.actions.setPreferences({ dark: true, highContrast: false, reducedMotion: false }));
    expect(look()).toEqual(["dark", "usual", "full"]);
  });

  it("is what a person has chosen, whatever the system wants", () => {
    const test = createTestApp();
    renderView(test, <Themed />);
    act(() => {
      test.app.actions.setPreferences({ dark: true, highContrast: true, reducedMotion: false });
      test.app.actions.changeSettings({ theme: "light", contrast: "usual", motion: "reduced" });
    });
    expect(look()).toEqual(["light", "usual", "reduced"]);
  });
});
