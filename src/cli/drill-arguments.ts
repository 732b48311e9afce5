import { err, ok, type Result } from "#base/result.ts";
import { didYouMean } from "#server/config/nearest-name.ts";
import { usualThresholds, type FitThresholds } from "#simulation/forecast/fit.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

/** What the command line of `spillway drill` asks for. */
export type DrillCommandLine =
  | { readonly kind: "help" }
  | {
      readonly kind: "drill";
      readonly path: string;
      /** For one region the plan in full; for the table of all, of the plan only what it depends on. */
      readonly subject:
        | { readonly kind: "region"; readonly plan: DrillPlan; readonly isRun: boolean }
        | {
            readonly kind: "all";
            readonly options: Pick<DrillPlan, "capacityFactor" | "internalTraffic">;
          };
      readonly thresholds: FitThresholds;
      readonly asJson: boolean;
    };

const valueFlags = [
  "--region",
  "--saviours",
  "--split",
  "--policy",
  "--capacity-factor",
  "--internal",
  "--tight",
  "--fits",
  "--seed",
] as const;
const plainFlags = ["--all", "--no-run", "--json", "--help", "-h"] as const;

type ValueFlag = (typeof valueFlags)[number];

/** Of a drill of one region, not of the table of all. */
const regionOnly = ["--saviours", "--split", "--policy", "--seed", "--no-run"] as const;

/** Names of the plan's parts in messages, as the command line has them. */
const flagOfPart: Readonly<Record<string, ValueFlag>> = {
  saviours: "--saviours",
  split: "--split",
  policy: "--policy",
  capacityFactor: "--capacity-factor",
  internalTraffic: "--internal",
  seed: "--seed",
};

interface Given {
  readonly plain: ReadonlySet<string>;
  /** All values of each flag, in order. */
  readonly values: ReadonlyMap<ValueFlag, readonly string[]>;
  readonly paths: readonly string[];
}

/** Understands the arguments behind `spillway drill`; the error is a sentence for people. */
export function parseDrillArguments(argv: readonly string[]): Result<DrillCommandLine, string> {
  const given = sortArguments(argv);
  if (!given.ok) return given;
  const { plain, values, paths } = given.value;
  if (plain.has("--help") || plain.has("-h")) return ok({ kind: "help" });
  const twice = valueFlags.find((flag) => flag !== "--saviours" && (values.get(flag)?.length ?? 0) > 1);
  if (twice !== undefined) return err(`${twice} is given twice. Give it once.`);
  const isAll = plain.has("--all");
  const region = values.get("--region")?.[0];
  if (isAll === (region !== undefined)) {
    return err("spillway drill needs either --region NAME, for one region, or --all, for every one.");
  }
  const isGiven = (flag: (typeof regionOnly)[number]) =>
    flag === "--no-run" ? plain.has(flag) : values.has(flag);
  const stray = isAll ? regionOnly.find(isGiven) : undefined;
  if (stray !== undefined) return err(`${stray} goes with --region, not with --all. Leave it out.`);
  const [path, ...others] = paths;
  if (path === undefined) return err("spillway drill needs a file to look at.");
  if (others.length > 0) return err(`spillway drill takes one file, not ${paths.length}. Run it for each.`);
  const thresholds = readThresholds(values);
  if (!thresholds.ok) return thresholds;
  const plan = readPlanOf(values, region ?? "");
  if (!plan.ok) return plan;
  const { capacityFactor, internalTraffic } = plan.value;
  return ok({
    kind: "drill",
    path,
    subject: isAll
      ? { kind: "all", options: { capacityFactor, internalTraffic } }
      : { kind: "region", plan: plan.value, isRun: !plain.has("--no-run") },
    thresholds: thresholds.value,
    asJson: plain.has("--json"),
  });
}

function sortArguments(argv: readonly string[]): Result<Given, string> {
  const plain = new Set<string>();
  const values = new Map<ValueFlag, string[]>();
  const paths: string[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    // Behind "--" everything is a path, even what begins with a dash.
    if (argument === "--") paths.push(...rest.splice(0));
    else if (!argument.startsWith("-") || argument === "-") paths.push(argument);
    else {
      const [name = "", ...afterSign] = argument.split("=");
      const flag = valueFlags.find((known) => known === name);
      const isPlain = plainFlags.some((known) => known === argument);
      if (isPlain) plain.add(argument);
      else if (flag === undefined) {
        const hint = didYouMean(name, [...valueFlags, ...plainFlags]);
        return err(`spillway drill does not know ${name}.${hint}`);
      } else {
        const value = afterSign.length > 0 ? afterSign.join("=") : rest.shift();
        if (value === undefined) return err(`${flag} needs a value behind it.`);
        values.set(flag, [...(values.get(flag) ?? []), value]);
      }
    }
  }
  return ok({ plain, values, paths });
}

function readThresholds(values: Given["values"]): Result<FitThresholds, string> {
  const read = (flag: ValueFlag, usual: number) => {
    const text = values.get(flag)?.[0];
    return text === undefined ? usual : numberOf(text);
  };
  const full = read("--fits", usualThresholds.full);
  const tight = read("--tight", Math.min(usualThresholds.tight, full));
  if (!(full > 0 && full <= 10)) return err("--fits is a utilisation above 0 and up to 10, such as 1.0.");
  if (!(tight > 0 && tight <= 10)) return err("--tight is a utilisation above 0 and up to 10, such as 0.9.");
  if (tight > full) {
    return err(
      `--tight is ${tight}, above --fits, which is ${full}. What fits well is at most what fits at all.`,
    );
  }
  return ok({ tight, full });
}

function readPlanOf(values: Given["values"], victim: string): Result<DrillPlan, string> {
  const text = (flag: ValueFlag) => values.get(flag)?.[0];
  const number = (flag: ValueFlag) => {
    const given = text(flag);
    return given === undefined ? undefined : numberOf(given);
  };
  const split = readSplit(text("--split"));
  if (!split.ok) return split;
  const saviours = values.get("--saviours")?.flatMap((list) => list.split(",").filter((name) => name !== ""));
  const read = readPlan({
    victim,
    saviours,
    split: split.value,
    policy: text("--policy"),
    capacityFactor: number("--capacity-factor"),
    internalTraffic: text("--internal"),
    seed: number("--seed"),
  });
  if (read.ok) return read;
  return err(read.error.message.replace(/^\w+/, (part) => flagOfPart[part] ?? part));
}

/** "headroom", "current-share", or shares as "us-west-2=2,eu-west-1=3". */
function readSplit(text: string | undefined): Result<DrillPlan["split"], string> {
  if (text === undefined) return ok(defaultPlan("", 1).split);
  if (text === "headroom" || text === "current-share") return ok({ kind: text });
  const shares = new Map<string, number>();
  for (const part of text.split(",")) {
    const sign = part.lastIndexOf("=");
    const share = numberOf(part.slice(sign + 1));
    if (sign < 1 || !(share >= 0)) {
      return err(
        `--split is ${JSON.stringify(text)}. Make it headroom, current-share, or shares by region such as us-west-2=2,eu-west-1=3.`,
      );
    }
    shares.set(part.slice(0, sign), share);
  }
  return ok({ kind: "manual", shares: Object.fromEntries(shares) });
}

/** NaN for what is no number; an empty text is none. */
function numberOf(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
