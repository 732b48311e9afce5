import { useEffect, useState } from "react";

import type { Dispose } from "#base/disposer.ts";

import { useServices } from "../app-context.ts";

/** A pointer that rests this long is hidden. */
const idleMs = 3_000;

/** Whether the pointer has rested for a while; while it does, it is hidden (base.css). */
export function useIdlePointer(): boolean {
  const { clock } = useServices();
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let cancel: Dispose | undefined;
    const onMove = (): void => {
      setIdle(false);
      cancel?.();
      cancel = clock.after(idleMs, () => setIdle(true));
    };
    cancel = clock.after(idleMs, () => setIdle(true));
    window.addEventListener("pointermove", onMove);
    window.addEventListener("keydown", onMove);
    return () => {
      cancel?.();
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("keydown", onMove);
    };
  }, [clock]);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (isIdle) dataset["idle"] = "";
    return () => {
      delete dataset["idle"];
    };
  }, [isIdle]);
  return isIdle;
}
