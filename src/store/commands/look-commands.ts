import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { densities, type Settings } from "../settings.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;

/** What the theme is now, whoever chose it. */
export function isDark({ settings, screen }: AppState): boolean {
  return settings.theme === "system" ? screen.prefers.dark : settings.theme === "dark";
}

export function isHighContrast({ settings, screen }: AppState): boolean {
  return settings.contrast === "system" ? screen.prefers.highContrast : settings.contrast === "high";
}

export function isReducedMotion({ settings, screen }: AppState): boolean {
  return settings.motion === "system" ? screen.prefers.reducedMotion : settings.motion === "reduced";
}

/** The density `step` places further along the list. */
function otherDensity(density: number, step: 1 | -1): number {
  const nearest = densities.reduce(
    (best, item) => (Math.abs(item - density) < Math.abs(best - density) ? item : best),
    1,
  );
  return densities[densities.indexOf(nearest) + step] ?? nearest;
}

function changing(change: (state: AppState) => Partial<Settings>): Command["run"] {
  return ({ actions, store }) => actions.changeSettings(change(store.getState()));
}

/** How the picture looks. */
export const lookCommands: readonly Command[] = [
  {
    id: "legend",
    title: titles.legend,
    group: "look",
    keys: ["g"],
    isOn: ({ settings }) => settings.legend,
    run: changing(({ settings }) => ({ legend: !settings.legend })),
  },
  {
    id: "labels",
    title: titles.labels,
    group: "look",
    keys: ["n"],
    isOn: ({ settings }) => settings.labels,
    run: changing(({ settings }) => ({ labels: !settings.labels })),
  },
  {
    id: "table",
    title: titles.table,
    group: "look",
    keys: ["t"],
    isOn: ({ screen }) => screen.isTableOpen,
    run: ({ actions }) => actions.toggleTable(),
  },
  {
    id: "flow-scale",
    title: titles["flow-scale"],
    group: "look",
    keys: [],
    isOn: ({ settings }) => settings.flowMode === "logarithmic",
    run: changing(({ settings }) => ({
      flowMode: settings.flowMode === "linear" ? "logarithmic" : "linear",
    })),
  },
  {
    id: "denser",
    title: titles.denser,
    group: "look",
    keys: ["."],
    isAvailable: ({ settings }) => otherDensity(settings.density, 1) !== settings.density,
    run: changing(({ settings }) => ({ density: otherDensity(settings.density, 1) })),
  },
  {
    id: "sparser",
    title: titles.sparser,
    group: "look",
    keys: [","],
    isAvailable: ({ settings }) => otherDensity(settings.density, -1) !== settings.density,
    run: changing(({ settings }) => ({ density: otherDensity(settings.density, -1) })),
  },
  {
    id: "theme",
    title: titles.theme,
    group: "look",
    keys: [],
    run: changing((state) => ({ theme: isDark(state) ? "light" : "dark" })),
  },
  {
    id: "contrast",
    title: titles.contrast,
    group: "look",
    keys: [],
    isOn: isHighContrast,
    run: changing((state) => ({ contrast: isHighContrast(state) ? "usual" : "high" })),
  },
  {
    id: "motion",
    title: titles.motion,
    group: "look",
    keys: [],
    isOn: isReducedMotion,
    run: changing((state) => ({ motion: isReducedMotion(state) ? "full" : "reduced" })),
  },
  {
    id: "kiosk",
    title: titles.kiosk,
    group: "look",
    keys: ["k"],
    isOn: ({ screen }) => screen.kiosk !== undefined,
    run: ({ actions }) => actions.toggleKiosk(),
  },
  {
    id: "fullscreen",
    title: titles.fullscreen,
    group: "look",
    keys: [],
    run: ({ actions }) => actions.toggleFullscreen(),
  },
];
