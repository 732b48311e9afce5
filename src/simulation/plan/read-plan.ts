import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

import { defaultPlan } from "./default-plan.ts";
import type { DrillFault } from "./drill-fault.ts";
import type { ClientBehaviour, DrillPlan, RegionFailure, Split } from "./drill-plan.ts";
import { FieldReader, shown } from "./field-reader.ts";
import { readPolicy } from "./read-policy.ts";

/** More regions than anybody evacuates to. */
const mostRegions = 256;

const planKeys = [
  "victim",
  "saviours",
  "split",
  "policy",
  "capacityFactor",
  "internalTraffic",
  "failure",
  "clients",
  "leadInS",
  "ttlS",
  "seed",
] as const satisfies readonly (keyof DrillPlan)[];

/**
 * A plan out of parsed JSON from outside: a link, a file, a message. Bounded, and never throws. Only `victim` must be there; what else is missing at the
 * top is as in `defaultPlan` with the seed 1. Inside a part everything must be there, save `steps`, and `retryBudget`, whose absence means that there is
 * none (null says the same). `policy` may be the id of one. What it names is not compared with any frame here.
 */
export function readPlan(raw: unknown): Result<DrillPlan, DrillFault> {
  const fields = new FieldReader();
  const given = fields.object(raw, "The plan", planKeys);
  const victim = fields.name(given["victim"], "victim");
  const usual = defaultPlan(victim, 1);
  // Absent parts are as usual; present ones are read.
  function part<K extends keyof DrillPlan>(
    key: K,
    read: (value: unknown, place: K) => DrillPlan[K],
  ): DrillPlan[K] {
    return given[key] === undefined ? usual[key] : read(given[key], key);
  }
  const plan: DrillPlan = {
    victim,
    saviours: part("saviours", (value, place) => readSaviours(fields, value, place, victim)),
    split: part("split", (value, place) => readSplit(fields, value, place)),
    policy: part("policy", (value, place) => readPolicy(fields, value, place)),
    capacityFactor: part("capacityFactor", (value, place) =>
      fields.number(value, place, { min: 0.5, max: 3 }),
    ),
    internalTraffic: part("internalTraffic", (value, place) =>
      fields.oneOf(value, place, ["follows", "stays"]),
    ),
    failure: part("failure", (value, place) => readFailure(fields, value, place)),
    clients: part("clients", (value, place) => readClients(fields, value, place)),
    leadInS: part("leadInS", (value, place) =>
      fields.number(value, place, { min: 0, max: 3600, unit: "seconds" }),
    ),
    ttlS: part("ttlS", (value, place) =>
      fields.number(value, place, { min: 1, max: 86_400, unit: "seconds" }),
    ),
    seed: part("seed", (value, place) =>
      fields.number(value, place, { min: 0, max: 2 ** 32 - 1, isWhole: true }),
    ),
  };
  return fields.fault === undefined ? ok(plan) : err(fields.fault);
}

function readSaviours(fields: FieldReader, raw: unknown, place: string, victim: string): readonly string[] {
  const names = fields.list(raw, place, mostRegions).map((name, i) => fields.name(name, `${place}[${i}]`));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) fields.refuse(`${place} names ${shown(twice)} twice. Name it once.`);
  if (names.includes(victim)) {
    fields.refuse(`${place} names ${shown(victim)}, which is the region that goes. Take it out.`);
  }
  return names;
}

function readSplit(fields: FieldReader, raw: unknown, place: string): Split {
  const isManual = isJsonObject(raw) && raw["kind"] === "manual";
  const { kind, shares } = fields.object(raw, place, isManual ? ["kind", "shares"] : ["kind"]);
  const chosen = fields.oneOf(kind, `${place}.kind`, ["headroom", "current-share", "manual"]);
  if (chosen !== "manual") return { kind: chosen };
  return { kind: chosen, shares: readShares(fields, shares, `${place}.shares`) };
}

function readShares(fields: FieldReader, raw: unknown, place: string): Readonly<Record<string, number>> {
  if (!isJsonObject(raw)) {
    fields.refuse(`${place} is ${shown(raw)}, not an object. Give each saviour a share by its name.`);
    return {};
  }
  const entries = fields.list(Object.entries(raw), place, mostRegions).map((entry): [string, number] => {
    const [name, share] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    const region = fields.name(name, `a name in ${place}`);
    return [region, fields.number(share, `${place}[${shown(region)}]`, { min: 0, max: 1e9 })];
  });
  if (!entries.some(([, share]) => share > 0)) {
    fields.refuse(`${place} gives nobody anything. Give at least one saviour a share above 0.`);
  }
  return Object.fromEntries(entries);
}

function readFailure(fields: FieldReader, raw: unknown, place: string): RegionFailure {
  const keys = ["capacityLoss", "errorShare"] as const satisfies readonly (keyof RegionFailure)[];
  const { capacityLoss, errorShare } = fields.object(raw, place, keys);
  return {
    capacityLoss: fields.number(capacityLoss, `${place}.capacityLoss`, { min: 0, max: 1 }),
    errorShare: fields.number(errorShare, `${place}.errorShare`, { min: 0, max: 1 }),
  };
}

function readClients(fields: FieldReader, raw: unknown, place: string): ClientBehaviour {
  const keys = [
    "timeoutS",
    "retries",
    "retryBudget",
    "queueS",
  ] as const satisfies readonly (keyof ClientBehaviour)[];
  const { timeoutS, retries, retryBudget, queueS } = fields.object(raw, place, keys);
  const seconds = { max: 60, unit: "seconds" };
  return {
    timeoutS: fields.number(timeoutS, `${place}.timeoutS`, { min: 0.1, ...seconds }),
    retries: fields.number(retries, `${place}.retries`, { min: 0, max: 10, isWhole: true }),
    retryBudget:
      retryBudget === undefined || retryBudget === null
        ? undefined
        : fields.number(retryBudget, `${place}.retryBudget`, { min: 0, max: 10 }),
    queueS: fields.number(queueS, `${place}.queueS`, { min: 0, ...seconds }),
  };
}
