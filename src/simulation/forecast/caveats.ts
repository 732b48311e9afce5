import type { ChosenRegions } from "../graph/choose-regions.ts";
import { cycleText } from "../graph/amplification.ts";
import { nodeRoles, type DrillGraph, type RegionGraph } from "../graph/drill-graph.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { listed } from "../plan/field-reader.ts";
import type { Caveat } from "./forecast.ts";

export interface CaveatInput {
  readonly graph: DrillGraph;
  readonly chosen: ChosenRegions;
  readonly internalTraffic: DrillPlan["internalTraffic"];
  readonly capacityFactor: number;
  /** How many connections of the file led nowhere and were left out. */
  readonly danglingEdges: number;
}

/** From when on a region counts as stale: the rule G1 for graphs warns from a minute on. */
const staleAfterMs = 60_000;
const fewFrames = 10;
/** Shares below are not worth a sentence. */
const worthASentence = 0.01;
const muchSpread = 0.1;
const muchUnexplained = 0.05;

/** What makes a forecast less sure, in sentences for people. */
export function caveatsOf(input: CaveatInput): readonly Caveat[] {
  const regions = [input.chosen.victim, ...input.chosen.saviours];
  return [
    ...staleness(input.graph, regions),
    ...capacities(input),
    ...dangling(input.danglingEdges),
    ...ownRoots(input),
    ...cycles(regions),
    ...unexplained(regions),
    ...spread(input.graph, regions),
    ...frames(input.graph),
  ];
}

function staleness({ frame }: DrillGraph, regions: readonly RegionGraph[]): readonly Caveat[] {
  const ages = regions.map(({ label: name, node }) => ({ name, age: frame.at - frame.observedAt[node]! }));
  const stale = ages.filter(({ age }) => age > staleAfterMs);
  if (stale.length === 0) return [];
  const oldest = stale.reduce((most, { age }) => Math.max(most, age), 0);
  const names = listed(stale.map(({ name }) => name));
  return [{ kind: "stale", text: `${names}: last heard of up to ${duration(oldest)} before this frame.` }];
}

function capacities({ chosen, capacityFactor }: CaveatInput): readonly Caveat[] {
  const { saviours } = chosen;
  const unknown = saviours.filter(({ capacity }) => capacity.source === "none");
  const peaks = saviours.filter(
    ({ capacity }) => capacity.source !== "none" && capacity.source !== "configured",
  );
  const below = saviours.filter(({ capacity, inbound }) => capacity.rate * capacityFactor <= inbound);
  const caveats: Caveat[] = [];
  if (unknown.length > 0) {
    caveats.push({
      kind: "no-capacity",
      text: `${namesOf(unknown)}: what can be taken is not known. Give a maxVolume or a capacity.`,
    });
  }
  if (peaks.length > 0) {
    caveats.push({
      kind: "capacity-is-a-peak",
      text: `${namesOf(peaks)}: the capacity is a recent peak. It was borne, and more may be possible; how much, nobody has tried.`,
    });
  }
  if (below.length > 0) {
    caveats.push({
      kind: "capacity-below-volume",
      text: `${namesOf(below)}: the capacity is no greater than what passes now, so that nothing has room.`,
    });
  }
  return caveats;
}

function namesOf(regions: readonly RegionGraph[]): string {
  return listed(regions.map(({ label }) => label));
}

function dangling(edges: number): readonly Caveat[] {
  if (edges === 0) return [];
  const text =
    edges === 1
      ? "One connection of the file leads nowhere and is left out; what it carries is missing inside its region."
      : `${count(edges)} connections of the file lead nowhere and are left out; what they carry is missing inside the regions.`;
  return [{ kind: "dangling", text }];
}

function ownRoots({ chosen, internalTraffic }: CaveatInput): readonly Caveat[] {
  const shares = chosen.saviours
    .map((region) => ({ name: region.label, share: ownShare(region) }))
    .filter(({ share }) => share >= worthASentence);
  if (shares.length === 0) return [];
  const parts = listed(shares.map(({ name, share }) => `${percent(share)} in ${name}`));
  const assumed = internalTraffic === "follows" ? "grow with the users" : "stay as it is";
  return [
    {
      kind: "own-roots",
      text: `Not all traffic inside begins with users (other: ${parts}). It is taken to ${assumed}.`,
    },
  ];
}

/** Of what begins in a region, the part that does not come from users. */
function ownShare({ roots, roles }: RegionGraph): number {
  let own = 0;
  let all = 0;
  roots.forEach((rate, i) => {
    all += rate;
    if (roles[i] === nodeRoles.ownRoot) own += rate;
  });
  return all > 0 ? own / all : 0;
}

function cycles(regions: readonly RegionGraph[]): readonly Caveat[] {
  const byCycle = new Map<string, string[]>();
  for (const { label: name, amplification } of regions) {
    if (amplification.radius < worthASentence) continue;
    const cycle = cycleText(amplification);
    byCycle.set(cycle, [...(byCycle.get(cycle) ?? []), `${amplification.radius.toFixed(2)} in ${name}`]);
  }
  const parts = [...byCycle].map(([cycle, places]) => `${cycle} (more per request: ${places.join(", ")})`);
  return parts.length === 0 ? [] : [{ kind: "cycles", text: `Calls go round: ${listed(parts)}.` }];
}

function unexplained(regions: readonly RegionGraph[]): readonly Caveat[] {
  const parts = regions.flatMap(({ label: name, users, nodes, roots, roles }) => {
    if (nodes.length === 0) return [];
    const inside = roots.reduce((sum, rate, i) => (roles[i] === nodeRoles.entry ? sum + rate : sum), 0);
    const gap = Math.abs(inside - users) / users;
    return gap > muchUnexplained ? [`${count(inside)} of ${count(users)} requests/s in ${name}`] : [];
  });
  if (parts.length === 0) return [];
  return [
    {
      kind: "unexplained",
      text: `What users send to a region and what arrives at its services differ (${listed(parts)}). Volumes inside grow as what users send does.`,
    },
  ];
}

/** How far gains lie apart over the frames, as a mean over the calls. */
function spread({ frames: seen }: DrillGraph, regions: readonly RegionGraph[]): readonly Caveat[] {
  let weights = 0;
  let sum = 0;
  for (const { rates, gains, gainsLow, gainsHigh } of regions) {
    rates.forEach((rate, e) => {
      if (!(gains[e]! > 0)) return;
      weights += rate;
      sum += (rate * (gainsHigh[e]! - gainsLow[e]!)) / 2 / gains[e]!;
    });
  }
  const mean = weights > 0 ? sum / weights : 0;
  if (mean < muchSpread) return [];
  return [
    {
      kind: "gains-vary",
      text: `How many calls a request causes changed by ± ${percent(mean)} over ${count(seen)} frames; the middle is used.`,
    },
  ];
}

function frames({ frames: seen }: DrillGraph): readonly Caveat[] {
  if (seen >= fewFrames) return [];
  const text =
    seen === 1
      ? "Only one frame is known: what is usual, and what was borne before, it cannot say."
      : `Only ${seen} frames are known: what is usual, and what was borne before, they hardly say.`;
  return [{ kind: "few-frames", text }];
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${count(Math.round(hours / 24))} days`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}
