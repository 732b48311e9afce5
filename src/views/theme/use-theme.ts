import { useLayoutEffect } from "react";

import { isDark, isHighContrast, isReducedMotion } from "#store/commands/look-commands.ts";

import { useAppState } from "../app-context.ts";

/** Tells the style sheets what has been chosen, by attributes of the document's root. */
export function useTheme(): void {
  const dark = useAppState(isDark);
  const highContrast = useAppState(isHighContrast);
  const reducedMotion = useAppState(isReducedMotion);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset["theme"] = dark ? "dark" : "light";
    dataset["contrast"] = highContrast ? "high" : "usual";
    dataset["motion"] = reducedMotion ? "reduced" : "full";
  }, [dark, highContrast, reducedMotion]);
}
