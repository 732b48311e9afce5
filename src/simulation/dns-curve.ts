import { pow } from "#base/exact-math.ts";

/**
 * How the users of a name leave an address after its record changed. Caches that honour the TTL have ages spread evenly, so they leave
 * along a straight line and are gone after one TTL; the others (resolvers that extend TTLs, clients that keep connections) leave along
 * a power law with a long tail.
 */
export interface DnsCurve {
  /** Seconds that honouring caches keep the old answer. */
  readonly ttl: number;
  /** Share of users, 0 to 1, behind caches that do not honour it. */
  readonly violating: number;
  /** Scale of the tail, seconds. */
  readonly tailScale: number;
  readonly tailExponent: number;
}

/**
 * TTL: what Route 53 asks of failover records with a health check. The tail: fitted through the two published points of
 * Flavel, Mani and Maltz, LANMAN 2014 (doi 10.1109/LANMAN.2014.7028641): with a TTL of 20 s, 90 % have moved after 60 s, and 2 % have not after
 * 15 min. Two points leave one of the three numbers free: the violating share, bounded from below by the 8.74 % of resolvers that extend
 * TTLs (PAM 2023), is our choice.
 */
export const defaultDnsCurve: DnsCurve = { ttl: 60, violating: 0.15, tailScale: 103.6, tailExponent: 0.887 };

/** Share of users, 0 to 1, who still resolve the old answer `seconds` after the change; 1 before it. */
export function staleShare(curve: DnsCurve, seconds: number): number {
  if (!(seconds > 0)) return 1;
  const honouring = curve.ttl > 0 ? Math.max(0, 1 - seconds / curve.ttl) : 0;
  const tail = pow(1 + seconds / curve.tailScale, -curve.tailExponent);
  return (1 - curve.violating) * honouring + curve.violating * tail;
}
