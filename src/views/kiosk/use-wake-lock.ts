import { useEffect } from "react";

/** Keeps the screen awake as long as the component is there. Where the browser does not, the operating system's settings decide. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const request = async (): Promise<void> => {
      if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
      try {
        const sentinel = await navigator.wakeLock.request("screen");
        if (isOver) await sentinel.release();
        else lock = sentinel;
      } catch {
        // Refused, for one on low battery: nothing is lost but comfort.
        lock = undefined;
      }
    };
    // The browser takes the lock back whenever the tab is hidden.
    const onVisibility = (): void => void request();
    void request();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", onVisibility);
      void lock?.release();
    };
  }, []);
}
