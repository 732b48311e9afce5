import type { Clock } from "#base/time.ts";
import type { App } from "#store/app.ts";

/** So long after the first picture nobody waits for anything. */
const restMs = 3_000;

/** Once there is a picture and the line has nothing else to do: loads what a page needs that has lost its server. */
export function loadRest(
  { store }: App,
  clock: Clock,
  parts: readonly (() => Promise<unknown> | void)[],
): void {
  const stop = store.subscribe(({ drawing }) => {
    if (!drawing.isDrawn) return;
    stop();
    clock.after(restMs, () => {
      // What does not come now may come when it is asked for.
      for (const load of parts) load()?.catch(() => undefined);
    });
  });
}
