import { err } from "#base/result.ts";
import type { DrillFrames } from "#players/drill-frames.ts";

const gone = () => Promise.resolve(err("There is no server."));

/** A server that keeps nothing. */
export const noFrames: DrillFrames = { freeze: gone, fetch: gone, scenarios: gone, scenario: gone };
