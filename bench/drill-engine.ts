import { defaultPlan } from "#simulation/plan/default-plan.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import { startDrill } from "#simulation/session/start-drill.ts";
import { worldFrame, type WorldSketch } from "#testing/region-graphs.ts";

import type { BenchRow } from "./bench-row.ts";

const usual: WorldSketch = { seed: 7, regions: 3, services: 80, calls: 150, peak: 1.5 };
/** 1,000 services and 5,000 edges in all. */
const large: WorldSketch = { seed: 7, regions: 4, services: 250, calls: 1249, peak: 1.5 };

/** CPU time of the drill engine for one simulated minute: through a whole evacuation, and while everything is in a storm of retries. */
export function run(): Promise<BenchRow[]> {
  const calm = defaultPlan("region-0", 7);
  const storm: DrillPlan = {
    ...calm,
    split: { kind: "current-share" },
    failure: { capacityLoss: 0.5, errorShare: 0.1 },
    policy: { id: "custom", readyCapacity: 0, phases: [{ kind: "dns", startS: 5, endS: 60 }] },
    capacityFactor: 0.5,
    clients: { timeoutS: 1, retries: 1, retryBudget: undefined, queueS: 2 },
  };
  const note = "CPU per simulated minute";
  minuteMs(usual, calm);
  return Promise.resolve([
    { ...row("3 regions of 80 services and 150 edges", minuteMs(usual, calm), 60), note },
    { ...row("the same in a storm of retries", minuteMs(usual, storm), 60), note },
    { ...row("1,000 services and 5,000 edges", minuteMs(large, calm), 1000), note },
    { ...row("1,000 services and 5,000 edges in a storm", minuteMs(large, storm), 1000), note },
    row("1,000 services and 5,000 edges, one snapshot", snapshotMs(large, calm), 10),
  ]);
}

function row(name: string, value: number, bar: number): BenchRow {
  return { name: `drill: ${name}`, value, unit: "ms", bar, better: "less" };
}

function session(sketch: WorldSketch, plan: DrillPlan) {
  const started = startDrill({ frame: worldFrame(sketch), history: [], plan, commands: [] });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** The median of the minutes 3 to 11, after two to warm up: from the failure through all phases of the evacuation. */
function minuteMs(sketch: WorldSketch, plan: DrillPlan): number {
  const drill = session(sketch, plan);
  drill.advanceTo(120_000);
  const minutes = Array.from({ length: 9 }, (_, i) => {
    const start = cpuMs();
    drill.advanceTo((i + 3) * 60_000);
    return cpuMs() - start;
  });
  return minutes.toSorted((x, y) => x - y)[4] ?? NaN;
}

function snapshotMs(sketch: WorldSketch, plan: DrillPlan): number {
  const drill = session(sketch, plan);
  drill.advanceTo(240_000);
  for (let i = 0; i < 20; i += 1) drill.snapshot();
  const start = cpuMs();
  for (let i = 0; i < 50; i += 1) drill.snapshot();
  return (cpuMs() - start) / 50;
}

/** What this process has used of the processors, which others on the machine do not add to. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
