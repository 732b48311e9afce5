import { useEffect, useState } from "react";

import { every, type Millis } from "#base/time.ts";

import { useServices } from "./app-context.ts";

/** The wall clock, read once in a while: for ages, which must go on while nothing else happens. */
export function useNow(periodMs = 1000): Millis {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => every(clock, periodMs, () => setNow(clock.now())), [clock, periodMs]);
  return now;
}
