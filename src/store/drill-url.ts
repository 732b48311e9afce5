import { ok, type Result } from "#base/result.ts";
import { drillSpeeds, usualDrillSpeed } from "#players/drill-control.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillPlan, Split } from "#simulation/plan/drill-plan.ts";
import type { PolicyPhase } from "#simulation/plan/evacuation-policy.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";
import { readCommands } from "#simulation/plan/read-commands.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

import { usualPlan, usualSeed, type DrillLink, type DrillLinkRun } from "./drill-link.ts";

/**
 * The part of an address that tells of a drill. What of the plan is as usual is left out; times are in seconds.
 *
 *   ?drill=us-east-1                       the plan for a region
 *   &saviour=… &saviour=…                  one parameter for each, in order
 *   &split=current-share|manual &share=0.3:us-west-2
 *   &policy=classic, or &policy=custom &phases=decide:0_60,proxy:60_120:4 &ready=0.5
 *   &factor=1.3 &internal=stays &loss=0.5 &errors=0.1
 *   &timeout=1 &retries=1 &budget=0.1|none &queue=0.5 &lead=40 &ttl=60 &seed=1
 *   &frame=…                               hash of the frame it starts from, as the server keeps it
 *   &failback=480                          what is done in it, and when
 *   &t=240 &speed=8 &paused=1              where in a run one is
 */
export function writeDrill(query: URLSearchParams, { plan, frame, commands, run }: DrillLink): void {
  const usual = usualPlan(plan.victim);
  query.set("drill", plan.victim);
  for (const name of plan.saviours) query.append("saviour", name);
  writeSplit(query, plan.split);
  writePolicy(query, plan.policy);
  const { failure, clients } = plan;
  const numbers: readonly (readonly [string, number, number])[] = [
    ["factor", plan.capacityFactor, usual.capacityFactor],
    ["loss", failure.capacityLoss, usual.failure.capacityLoss],
    ["errors", failure.errorShare, usual.failure.errorShare],
    ["timeout", clients.timeoutS, usual.clients.timeoutS],
    ["retries", clients.retries, usual.clients.retries],
    ["queue", clients.queueS, usual.clients.queueS],
    ["lead", plan.leadInS, usual.leadInS],
    ["ttl", plan.ttlS, usual.ttlS],
    ["seed", plan.seed, usualSeed],
  ];
  for (const [key, value, otherwise] of numbers) if (value !== otherwise) query.set(key, String(value));
  if (clients.retryBudget !== usual.clients.retryBudget) {
    query.set("budget", clients.retryBudget === undefined ? "none" : String(clients.retryBudget));
  }
  if (plan.internalTraffic !== usual.internalTraffic) query.set("internal", plan.internalTraffic);
  if (frame !== undefined) query.set("frame", frame);
  if (run !== undefined) writeRun(query, run);
  for (const { atMs } of commands) query.append("failback", String(atMs / 1000));
}

function writeSplit(query: URLSearchParams, split: Split): void {
  if (split.kind === "headroom") return;
  query.set("split", split.kind);
  if (split.kind !== "manual") return;
  // The number comes first: a name may contain any character.
  for (const [name, share] of Object.entries(split.shares)) query.append("share", `${share}:${name}`);
}

function writePolicy(query: URLSearchParams, { id, phases, readyCapacity }: DrillPlan["policy"]): void {
  if (id === policies.nimble.id) return;
  query.set("policy", id);
  if (id !== "custom") return;
  query.set("phases", phases.map(phaseText).join(","));
  query.set("ready", String(readyCapacity));
}

function phaseText({ kind, startS, endS, steps }: PolicyPhase): string {
  return `${kind}:${startS}_${endS}${steps === undefined ? "" : `:${steps}`}`;
}

function writeRun(query: URLSearchParams, { atMs, speed, isPaused }: DrillLinkRun): void {
  query.set("t", String(atMs / 1000));
  if (speed !== usualDrillSpeed) query.set("speed", String(speed));
  if (isPaused) query.set("paused", "1");
}

/** What an address says of a drill: nothing, a link, or what is wrong with it. */
export function readDrill(query: URLSearchParams): Result<DrillLink | undefined, DrillFault> {
  const victim = query.get("drill");
  if (victim === null) return ok(undefined);
  const plan = readPlan(rawPlan(query, victim));
  if (!plan.ok) return plan;
  const frame = query.get("frame") ?? undefined;
  const commands = readCommands(
    query.getAll("failback").map((text) => ({ atMs: millis(Number(text)), kind: "fail-back" })),
  );
  if (!commands.ok) return commands;
  const at = readNumber(query, "t");
  const isRun = frame !== undefined && at !== undefined && Number.isFinite(at);
  const run = isRun
    ? { atMs: millis(at), speed: readSpeed(query), isPaused: query.get("paused") === "1" }
    : undefined;
  return ok({ plan: plan.value, frame, commands: commands.value, run });
}

function rawPlan(query: URLSearchParams, victim: string): Readonly<Record<string, unknown>> {
  const usual = usualPlan(victim);
  const number = (key: string, otherwise: number) => readNumber(query, key) ?? otherwise;
  const budget = query.get("budget");
  return {
    victim,
    saviours: query.getAll("saviour"),
    split: rawSplit(query),
    policy: rawPolicy(query),
    capacityFactor: number("factor", usual.capacityFactor),
    internalTraffic: query.get("internal") ?? usual.internalTraffic,
    failure: {
      capacityLoss: number("loss", usual.failure.capacityLoss),
      errorShare: number("errors", usual.failure.errorShare),
    },
    clients: {
      timeoutS: number("timeout", usual.clients.timeoutS),
      retries: number("retries", usual.clients.retries),
      queueS: number("queue", usual.clients.queueS),
      retryBudget: budget === "none" ? null : number("budget", usual.clients.retryBudget ?? 0),
    },
    leadInS: number("lead", usual.leadInS),
    ttlS: number("ttl", usual.ttlS),
    seed: number("seed", usualSeed),
  };
}

function rawSplit(query: URLSearchParams): unknown {
  const kind = query.get("split") ?? "headroom";
  if (kind !== "manual") return { kind };
  const shares = query.getAll("share").map((text) => {
    const colon = text.indexOf(":");
    return [text.slice(colon + 1), Number(text.slice(0, Math.max(0, colon)))] as const;
  });
  return { kind, shares: Object.fromEntries(shares) };
}

function rawPolicy(query: URLSearchParams): unknown {
  const id = query.get("policy") ?? policies.nimble.id;
  if (id !== "custom") return id;
  const phases = query.get("phases") ?? "";
  return {
    id,
    phases: phases === "" ? [] : phases.split(",").map(rawPhase),
    readyCapacity: readNumber(query, "ready") ?? 0,
  };
}

function rawPhase(text: string): unknown {
  const [kind, times = "", steps] = text.split(":");
  const [startS, endS] = times.split("_").map(Number);
  return { kind, startS, endS, ...(steps === undefined ? {} : { steps: Number(steps) }) };
}

function readSpeed(query: URLSearchParams): number {
  const speed = readNumber(query, "speed");
  return drillSpeeds.find((one) => one === speed) ?? usualDrillSpeed;
}

/** NaN where there is a text that is no number, so that whoever reads the plan says so. */
function readNumber(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key);
  return text === null ? undefined : text.trim() === "" ? NaN : Number(text);
}

/** Whole: what was written in seconds comes back as it was. */
function millis(seconds: number): number {
  return Math.round(seconds * 1000) + 0;
}
