import { staleShare, type DnsCurve } from "../dns-curve.ts";
import type { EvacuationPolicy } from "../plan/evacuation-policy.ts";

/** A change of the victim's names: so much of its users is led away, or back where `share` is negative. */
export interface NameMove {
  readonly atS: number;
  readonly share: number;
}

/** A drain without steps moves names this often. Ours: well below any life time of names, so that it looks even. */
const evenStepS = 5;

/** What a policy does to names, in order of time. Together the moves take away everything at most. */
export function movesOf({ phases }: EvacuationPolicy): NameMove[] {
  const asked = phases.flatMap(({ kind, startS, endS, steps }): NameMove[] => {
    if (kind === "dns") return [{ atS: startS, share: 1 }];
    if (kind !== "drain") return [];
    const count = steps ?? Math.max(1, Math.round((endS - startS) / evenStepS));
    return Array.from({ length: count }, (_, k) => ({
      atS: startS + ((endS - startS) * k) / count,
      share: 1 / count,
    }));
  });
  let left = 1;
  return asked
    .toSorted((a, b) => a.atS - b.atS)
    .flatMap(({ atS, share }) => {
      // Rounding leaves less than a billionth of a share: that goes with the last move.
      const taken = left - share < 1e-9 ? left : share;
      left -= taken;
      return taken > 0 ? [{ atS, share: taken }] : [];
    });
}

/** Share of the victim's users whose names still lead to it, 0 to 1: every move is followed along the curve. */
export function resolvedAt(moves: readonly NameMove[], curve: DnsCurve, tS: number): number {
  let resolved = 1;
  for (const { atS, share } of moves) {
    if (tS > atS) resolved -= share * (1 - staleShare(curve, tS - atS));
  }
  return Math.min(1, Math.max(0, resolved));
}
