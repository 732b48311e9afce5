import type { EvacuationPolicy, PolicyPhase } from "./evacuation-policy.ts";
import { policies, policyIds } from "./evacuation-policy.ts";
import type { FieldReader } from "./field-reader.ts";

const phaseKinds = ["decide", "provision", "start", "ungate", "proxy", "dns", "drain"] as const;

/** A day: longer than any evacuation, short enough that a run of it comes to an end. */
const longestS = 86_400;

const mostPhases = 32;
const mostSteps = 1_000;

/**
 * A policy in full, or only its id for one of the table. Whatever differs from the table is "custom", under whatever name it came: an id stands for
 * nothing but what it says.
 */
export function readPolicy(fields: FieldReader, raw: unknown, place: string): EvacuationPolicy {
  if (typeof raw === "string") return policies[fields.oneOf(raw, place, policyIds)];
  const { id, phases, readyCapacity } = fields.object(raw, place, ["id", "phases", "readyCapacity"]);
  const named = fields.oneOf(id, `${place}.id`, [...policyIds, "custom"]);
  const policy: EvacuationPolicy = {
    id: "custom",
    phases: fields
      .list(phases, `${place}.phases`, mostPhases)
      .map((phase, i) => readPhase(fields, phase, `${place}.phases[${i}]`)),
    readyCapacity: fields.number(readyCapacity, `${place}.readyCapacity`, { min: 0, max: 1 }),
  };
  refuseOverlaps(fields, policy.phases, place);
  return named !== "custom" && isSame(policy, policies[named]) ? policies[named] : policy;
}

function readPhase(fields: FieldReader, raw: unknown, place: string): PolicyPhase {
  const { kind, startS, endS, steps } = fields.object(raw, place, ["kind", "startS", "endS", "steps"]);
  const phase = {
    kind: fields.oneOf(kind, `${place}.kind`, phaseKinds),
    startS: fields.number(startS, `${place}.startS`, { min: 0, max: longestS, unit: "seconds" }),
    endS: fields.number(endS, `${place}.endS`, { min: 0, max: longestS, unit: "seconds" }),
  };
  if (phase.endS < phase.startS) {
    fields.refuse(
      `${place} ends at ${phase.endS} s, before it starts at ${phase.startS} s. Set endS to the start or later.`,
    );
  }
  if (steps === undefined) return phase;
  if (phase.kind !== "drain" && phase.kind !== "proxy") {
    fields.refuse(
      `${place} is of the kind ${phase.kind}, which has no steps. Take steps out: drain and proxy may have them.`,
    );
  }
  return {
    ...phase,
    steps: fields.number(steps, `${place}.steps`, { min: 1, max: mostSteps, isWhole: true }),
  };
}

/** Phases of one kind would both say what the same share is. */
function refuseOverlaps(fields: FieldReader, phases: readonly PolicyPhase[], place: string): void {
  const byStart = phases.toSorted((a, b) => a.startS - b.startS);
  for (const kind of phaseKinds) {
    const ofKind = byStart.filter((phase) => phase.kind === kind);
    const clash = ofKind.find((phase, i) => i > 0 && phase.startS < (ofKind[i - 1]?.endS ?? 0));
    if (clash !== undefined) {
      fields.refuse(
        `${place} has two phases of the kind ${kind} at ${clash.startS} s. Let one end before the other starts.`,
      );
    }
  }
}

function isSame(policy: EvacuationPolicy, other: EvacuationPolicy): boolean {
  return (
    policy.readyCapacity === other.readyCapacity &&
    policy.phases.length === other.phases.length &&
    policy.phases.every((phase, i) => {
      const twin = other.phases[i];
      return (
        phase.kind === twin?.kind &&
        phase.startS === twin.startS &&
        phase.endS === twin.endS &&
        phase.steps === twin.steps
      );
    })
  );
}
