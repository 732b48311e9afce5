/** The stages of a drill in the order in which they come. */
export const drillStages = [
  "before",
  "failing",
  "decided",
  "scaling",
  "proxying",
  "dns",
  "evacuated",
  "restoring",
  "restored",
] as const satisfies readonly DrillStage[];

/** What is happening in a drill: the phases of an evacuation in the order in which they come, and of the way back. */
export type DrillStage =
  /** Nothing has happened yet. */
  | "before"
  /** The region is failing, and nobody has decided anything. */
  | "failing"
  | "decided"
  /** Saviours get more instances. */
  | "scaling"
  /** The victim's front door passes a rising share of what it receives on to the saviours. */
  | "proxying"
  /** Names are answered with the saviours' addresses; resolvers and clients follow one by one. */
  | "dns"
  | "evacuated"
  /** Traffic comes back, step by step. */
  | "restoring"
  | "restored";

/**
 * What a simulated snapshot says of itself. Every number of such a snapshot is the model's, never measured, and whatever shows it says so.
 */
export interface DrillInfo {
  /** The same start, plan and seed have the same id. */
  readonly drill: string;
  /** Name of the region that is failed over; a child of the root. */
  readonly victim: string;
  /** Names of the regions that take its traffic over. */
  readonly saviours: readonly string[];
  readonly stage: DrillStage;
  /** Simulated milliseconds since the failure; below 0 in the lead-in. */
  readonly elapsedMs: number;
}
