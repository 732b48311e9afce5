import type { Split } from "#simulation/plan/drill-plan.ts";
import type { EvacuationPolicy } from "#simulation/plan/evacuation-policy.ts";

export const leastPhaseMinutes = 0.5;
export const mostPhaseMinutes = 120;

/** The policy with another duration for one phase; what comes after it moves along. Not one of the named policies any more. */
export function withDuration(policy: EvacuationPolicy, index: number, minutes: number): EvacuationPolicy {
  const changed = policy.phases[index];
  if (changed === undefined || !Number.isFinite(minutes)) return policy;
  const bounded = Math.min(mostPhaseMinutes, Math.max(leastPhaseMinutes, minutes));
  const shiftS = Math.round(bounded * 60) - (changed.endS - changed.startS);
  if (shiftS === 0) return policy;
  const phases = policy.phases.map((phase, i) => {
    if (i === index) return { ...phase, endS: phase.endS + shiftS };
    const isAfter = phase.startS >= changed.endS;
    return isAfter ? { ...phase, startS: phase.startS + shiftS, endS: phase.endS + shiftS } : phase;
  });
  return { ...policy, id: "custom", phases };
}

/**
 * Shares after one slider has been moved: it stands where it was put, and the others give or take in proportion, so that all add up to 1. Where
 * the others had nothing, they share the rest equally.
 */
export function withShare(
  shares: Readonly<Record<string, number>>,
  region: string,
  share: number,
): Readonly<Record<string, number>> {
  const others = Object.keys(shares).filter((name) => name !== region);
  if (others.length === 0) return { [region]: 1 };
  const own = Math.min(1, Math.max(0, share));
  const rest = others.reduce((sum, name) => sum + (shares[name] ?? 0), 0);
  const entries = others.map((name) => {
    const part = rest > 0 ? (shares[name] ?? 0) / rest : 1 / others.length;
    return [name, (1 - own) * part] as const;
  });
  return Object.fromEntries([[region, own] as const, ...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A split of this kind. By hand it begins with the shares that hold already. */
export function splitOfKind(kind: Split["kind"], shares: Readonly<Record<string, number>>): Split {
  return kind === "manual" ? { kind, shares } : { kind };
}

/** The regions that take part once one of them has been taken in or left out; empty stands for all. The last one cannot be left out. */
export function withSaviour(
  taking: readonly string[],
  all: readonly string[],
  region: string,
  isIn: boolean,
): readonly string[] {
  const next = all.filter((name) => (name === region ? isIn : taking.includes(name)));
  if (next.length === 0) return taking;
  return next.length === all.length ? [] : next;
}
