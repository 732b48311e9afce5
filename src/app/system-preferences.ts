import type { Dispose } from "#base/disposer.ts";
import type { SystemPreferences } from "#store/app-state.ts";

const queries = {
  dark: "(prefers-color-scheme: dark)",
  highContrast: "(prefers-contrast: more)",
  reducedMotion: "(prefers-reduced-motion: reduce)",
} as const;

/** Tells what the operating system asks for, now and whenever it changes. */
export function followSystemPreferences(listener: (prefers: SystemPreferences) => void): Dispose {
  const media = {
    dark: window.matchMedia(queries.dark),
    highContrast: window.matchMedia(queries.highContrast),
    reducedMotion: window.matchMedia(queries.reducedMotion),
  };
  const tell = () =>
    listener({
      dark: media.dark.matches,
      highContrast: media.highContrast.matches,
      reducedMotion: media.reducedMotion.matches,
    });
  tell();
  const lists = Object.values(media);
  for (const list of lists) list.addEventListener("change", tell);
  return () => {
    for (const list of lists) list.removeEventListener("change", tell);
  };
}
