/** Two ends of what is likely. Capacities are never known exactly: a recent peak is a lower bound. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** fits: at most 0.9 of the careful capacity; tight: more; does-not-fit: over the capacity; unknown: no capacity is known. */
export type Fit = "fits" | "tight" | "does-not-fit" | "unknown";

/** Where a capacity was taken from. What is configured stands; of the others the greatest counts, since each is a lower bound. */
export type CapacitySource = "configured" | "recorded-peak" | "max-volume" | "derived" | "none";

/** One region after the victim's traffic has come. Rates in requests per second. */
export interface SaviourForecast {
  readonly region: string;
  /** Share of the victim's traffic that it takes, 0 to 1. */
  readonly share: number;
  readonly before: number;
  readonly after: number;
  /** From the careful assumption to the hopeful one: 1.0 to 1.3 of the demonstrated peak, or what is configured; times the plan's factor. */
  readonly capacity: Interval;
  readonly capacitySource: CapacitySource;
  /** `after` divided by the capacities: low is the hopeful end. NaN where no capacity is known. */
  readonly utilisation: Interval;
  /** The worst of the region as a whole and of its services whose capacity is more than derived from the region's. */
  readonly fit: Fit;
  /** The service that comes nearest to its limit, if any has a known capacity. */
  readonly worstService: ServiceForecast | undefined;
  /** Every service with a known capacity, the fullest first. */
  readonly services: readonly ServiceForecast[];
}

export interface ServiceForecast {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly utilisation: Interval;
  readonly fit: Fit;
  readonly capacitySource: CapacitySource;
}

/** A service of the victim that some saviour does not have: what it did is lost for the users who go there. */
export interface LostFunction {
  readonly service: string;
  /** Saviours that lack it. */
  readonly missingIn: readonly string[];
  /**
   * Requests per second that need it, of those that would go to these saviours: at most the calls that reach it, and at most what begins where it can be
   * reached from.
   */
  readonly rate: number;
}

/** Something that makes the forecast less sure, for people. */
export interface Caveat {
  readonly kind:
    | "stale"
    | "no-capacity"
    | "capacity-is-a-peak"
    | "capacity-below-volume"
    | "dangling"
    | "own-roots"
    | "cycles"
    | "unexplained"
    | "gains-vary"
    | "few-frames";
  readonly text: string;
}

/** Would the others survive? */
export interface Forecast {
  readonly victim: string;
  /** Requests per second that have to move. */
  readonly moved: number;
  readonly saviours: readonly SaviourForecast[];
  /** Everything together: volume after by capacity of all saviours; NaN when the capacity of one is not known. */
  readonly total: { readonly after: number; readonly capacity: Interval; readonly utilisation: Interval };
  /** The worst of the saviours. */
  readonly verdict: Fit;
  /** Requests per second that no saviour has room for, at the careful capacity; shed by class, lowest first. */
  readonly shed: number;
  readonly lost: readonly LostFunction[];
  readonly caveats: readonly Caveat[];
}
