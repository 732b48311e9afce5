import { err, ok, type Result } from "#base/result.ts";
import { childNamed } from "#domain/node-path.ts";

import type { DrillFault } from "../plan/drill-fault.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { listed, shown } from "../plan/field-reader.ts";
import { cycleText, endlessFrom } from "./amplification.ts";
import type { DrillGraph, RegionGraph } from "./drill-graph.ts";

/** Who takes part in a drill. */
export interface ChosenRegions {
  readonly victim: RegionGraph;
  /** In the order of the graph; at least one. */
  readonly saviours: readonly RegionGraph[];
}

/** The plan's regions in the graph, or why they cannot play their parts. */
export function chooseRegions(
  graph: DrillGraph,
  plan: Pick<DrillPlan, "victim" | "saviours">,
): Result<ChosenRegions, DrillFault> {
  const named = new Map(graph.regions.map((region) => [region.name, region]));
  const victim = named.get(plan.victim);
  if (victim === undefined) return err(notThere(graph, plan.victim));
  const others = graph.regions.filter((region) => region !== victim);
  if (others.length === 0) {
    return fault(
      "no-other-region",
      `${shown(victim.label)} is the only region: nobody is there to take its traffic. Open a graph of several regions.`,
    );
  }
  const stranger = plan.saviours.find((name) => name !== victim.name && !named.has(name));
  if (stranger !== undefined) return err(notThere(graph, stranger));
  const saviours =
    plan.saviours.length === 0 ? others : others.filter(({ name }) => plan.saviours.includes(name));
  if (saviours.length === 0) {
    return fault(
      "bad-plan",
      `${shown(victim.label)} is its own only saviour. Choose among ${regionNames(others)}.`,
    );
  }
  if (victim.users === 0) {
    return fault(
      "no-traffic",
      `No user's traffic enters ${shown(victim.label)}: nothing would move. Choose a region that users reach.`,
    );
  }
  const endless = [victim, ...saviours].find(({ amplification }) => amplification.radius >= endlessFrom);
  if (endless !== undefined) return err(amplifies(endless));
  return ok({ victim, saviours });
}

function notThere(graph: DrillGraph, name: string): DrillFault {
  const { topology } = graph.frame;
  if (childNamed(topology, 0, name) === -1) {
    return {
      kind: "no-such-region",
      message: `There is no region ${shown(name)}. Choose among ${regionNames(graph.regions)}.`,
    };
  }
  return {
    kind: "not-a-region",
    message: `${shown(name)} is no region that carries traffic. Choose among ${regionNames(graph.regions)}.`,
  };
}

function amplifies({ label, amplification }: RegionGraph): DrillFault {
  return {
    kind: "amplifies-without-end",
    message: `In ${shown(label)} calls go round without end: in ${cycleText(amplification)} every request causes ${amplification.radius.toFixed(2)} more of its kind. Correct the rates of these calls.`,
  };
}

const namesListed = 8;

function regionNames(regions: readonly RegionGraph[]): string {
  const names = regions.slice(0, namesListed).map(({ name }) => name);
  const more = regions.length - names.length;
  return listed(more > 0 ? [...names, `${more} more`] : names);
}

function fault(kind: DrillFault["kind"], message: string): Result<never, DrillFault> {
  return err({ kind, message });
}
