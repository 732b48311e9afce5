/** How important a request is; what matters least is shed first. */
export type Priority = "critical" | "degraded" | "nonCritical";

/**
 * Where each class lies on Zuul's scale of priorities, 0 (kept longest) to 100. Zuul scores single requests; that a class is spread evenly over
 * its band is our assumption, drawn so that the published points mean something: at 80 % overload nothing that is not
 * critical or degraded gets in, at 95 % only what is critical.
 */
export const priorityBands: Readonly<Record<Priority, readonly [from: number, to: number]>> = {
  critical: [0, 10],
  degraded: [10, 50],
  nonCritical: [50, 100],
};

/**
 * Requests above this priority are shed: 100 (1 - x^3), for an overload x from 0 to 1. The cubic and the points that it meets to 5
 * (35 %: mid-90s, 80 %: 50, 95 %: 10) are Zuul's, "Prioritized Load Shedding" (Gonigberg, 2020).
 */
export function sheddingThreshold(overload: number): number {
  const x = Math.max(0, Math.min(1, overload));
  return 100 * (1 - x * x * x);
}

/** Share, 0 to 1, of a class that is let in at a threshold. */
export function admittedShare(priority: Priority, threshold: number): number {
  const [from, to] = priorityBands[priority];
  return Math.max(0, Math.min(1, (threshold - from) / (to - from)));
}

/** Rates of the three classes. */
export type ClassRates = Readonly<Record<Priority, number>>;

/** What is let in at an overload. */
export function admittedRates(rates: ClassRates, overload: number): ClassRates {
  const threshold = sheddingThreshold(overload);
  const admitted = (priority: Priority): number => rates[priority] * admittedShare(priority, threshold);
  return {
    critical: admitted("critical"),
    degraded: admitted("degraded"),
    nonCritical: admitted("nonCritical"),
  };
}

/** The least overload, to 2^-40, at which what is let in fits into a capacity; 0 where all fits, 1 where nothing would. */
export function overloadToFit(rates: ClassRates, capacity: number): number {
  const sumAt = (overload: number): number => {
    const { critical, degraded, nonCritical } = admittedRates(rates, overload);
    return critical + degraded + nonCritical;
  };
  if (sumAt(0) <= capacity) return 0;
  let [tooLow, enough] = [0, 1];
  for (let i = 0; i < 40; i += 1) {
    const middle = (tooLow + enough) / 2;
    if (sumAt(middle) <= capacity) enough = middle;
    else tooLow = middle;
  }
  return enough;
}
