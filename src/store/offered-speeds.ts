import { drillSpeeds } from "#players/drill-control.ts";

/** Speeds of a drill that a person can choose, simulated milliseconds per millisecond. */
export const offeredSpeeds = drillSpeeds;
