/** Where users go: what is asked of the regions, and how it is led. Rates in requests per second, columns by region. */
export interface Routing {
  /** What the users of each region send. */
  readonly demand: Float64Array;
  /** Share of each region's part of the victim's traffic, summing to 1; 0 for the victim and for regions that take nothing. */
  readonly shares: Float64Array;
  /** Position of the region whose traffic is led away; -1 for none. */
  victim: number;
  /** Share of the victim's users whose names still lead to it, 0 to 1. */
  resolved: number;
  /** Share of what arrives at the victim that its front door passes on, 0 to 1. */
  proxied: number;
  /** Outcome: what arrives at each region from users. */
  readonly arriving: Float64Array;
  /** Outcome: what each region has to serve. */
  readonly load: Float64Array;
  /** Outcome: what the victim's front door passes on to each region. */
  readonly passed: Float64Array;
}

export function createRouting(regions: number): Routing {
  const column = (): Float64Array => new Float64Array(regions);
  return {
    demand: column(),
    shares: column(),
    victim: -1,
    resolved: 1,
    proxied: 0,
    arriving: column(),
    load: column(),
    passed: column(),
  };
}

/** Leads the demand: first by name, then by proxy. Nothing is lost and nothing added. */
export function route(routing: Routing): void {
  const { demand, shares, victim, resolved, proxied, arriving, load, passed } = routing;
  const moved = victim === -1 ? 0 : demand[victim]! * (1 - resolved);
  const stayed = victim === -1 ? 0 : demand[victim]! * resolved;
  const handedOn = stayed * proxied;
  for (let r = 0; r < demand.length; r += 1) {
    arriving[r] = r === victim ? stayed : demand[r]! + moved * shares[r]!;
    passed[r] = handedOn * shares[r]!;
    load[r] = r === victim ? stayed - handedOn : arriving[r]! + passed[r]!;
  }
}
