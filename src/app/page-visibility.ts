import type { Dispose } from "#base/disposer.ts";

/** Tells whether the page is hidden, now and whenever that changes. */
export function followVisibility(listener: (isHidden: boolean) => void): Dispose {
  const tell = () => listener(document.visibilityState === "hidden");
  tell();
  document.addEventListener("visibilitychange", tell);
  return () => document.removeEventListener("visibilitychange", tell);
}
