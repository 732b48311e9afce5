import type { Result } from "#base/result.ts";
import type {
  Fit,
  Forecast,
  Interval,
  SaviourForecast,
  ServiceForecast,
} from "#simulation/forecast/forecast.ts";
import { worstSaviour, type SurvivalRow } from "#simulation/forecast/survival.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";

import type { DrillReport, DrillRunReport } from "./drill-report.ts";
import { count, harmless, short, tableLines, wrapped } from "./plain-text.ts";

/** How wide sentences run. */
const textWidth = 96;
/** How many lost functions are listed before the rest is only counted. */
const lostListed = 10;

const fitWords: Readonly<Record<Fit, string>> = {
  fits: "fits",
  tight: "tight",
  "does-not-fit": "does not fit",
  unknown: "not known",
};

/** The report for a terminal: plain text, no colours, nothing that could steer the terminal. */
export function drillText(report: DrillReport): string {
  const lines = linesOf(report);
  return `${lines.map(harmless).join("\n").trimEnd()}\n`;
}

function linesOf(report: DrillReport): readonly string[] {
  switch (report.kind) {
    case "failure":
      return [`${report.path}: no drill is possible`, "", ...wrapped(report.message, "  ", textWidth)];
    case "region":
      return regionLines(report);
    case "all":
      return allLines(report.path, report.verdict, report.regions);
  }
}

function regionLines(report: Extract<DrillReport, { readonly kind: "region" }>): readonly string[] {
  const { path, plan, forecast, run, verdict } = report;
  return [
    `${path}: if ${short(forecast.victim)} goes`,
    "",
    `  ${whole(forecast.moved)} requests/s move, ${splitWords[plan.split.kind]}; ${capacityWords(plan)}.`,
    "",
    ...indented(saviourTable(forecast)),
    ...(run === undefined ? [] : ["", ...wrapped(runText(plan, run), "  ", textWidth)]),
    ...lostLines(forecast),
    ...caveatLines(forecast),
    "",
    ...wrapped(
      `Verdict: ${fitWords[verdict]}.${run?.isStuck === true ? stuckText : verdictReason(forecast)}`,
      "  ",
      textWidth,
    ),
  ];
}

const stuckText = " The load comes back to what it was, and the failures do not stop.";

/** The hour after the failure in one sentence. */
function runText({ victim, policy, failure }: DrillPlan, run: DrillRunReport): string {
  const { minutesToEvacuate, errorMinutes, worstUtilisation, worstRegion, simulatedMinutes } = run;
  const evacuated =
    minutesToEvacuate === undefined
      ? `not evacuated in ${simulatedMinutes} min`
      : `evacuated after ${tenths(minutesToEvacuate)} min`;
  const worst =
    worstRegion === undefined ? "" : `, at worst ${percent(worstUtilisation)} in ${short(worstRegion)}`;
  const failing =
    failure.errorShare > 0
      ? `, while ${percent(failure.errorShare)} of the answers of ${short(victim)} are errors`
      : "";
  return `Simulated, policy ${policy.id}${failing}: ${evacuated}; ${errorMinutes.toFixed(2)} error-minutes in ${simulatedMinutes} min${worst}.`;
}

const splitWords: Readonly<Record<DrillPlan["split"]["kind"], string>> = {
  headroom: "divided by headroom",
  "current-share": "divided by current share",
  manual: "divided as told",
};

function capacityWords({ capacityFactor }: DrillPlan): string {
  return capacityFactor === 1 ? "capacities as known" : `capacities taken ${capacityFactor} times`;
}

const saviourTitles = [
  "saviour",
  "share",
  "now/s",
  "then/s",
  "capacity/s",
  "utilisation",
  "verdict",
  "fullest service",
];

function saviourTable({ saviours, total }: Forecast): readonly string[] {
  const rows = saviours.map((saviour) => [
    short(saviour.region),
    percent(saviour.share),
    whole(saviour.before),
    whole(saviour.after),
    capacityText(saviour.capacity),
    utilisationText(saviour.utilisation),
    fitWords[saviour.fit],
    serviceText(saviour.worstService),
  ]);
  const before = saviours.reduce((sum, saviour) => sum + saviour.before, 0);
  const together = [
    "together",
    "",
    whole(before),
    whole(total.after),
    capacityText(total.capacity),
    utilisationText(total.utilisation),
  ];
  return tableLines(saviourTitles, saviours.length > 1 ? [...rows, together] : rows, [
    "saviour",
    "verdict",
    "fullest service",
  ]);
}

function lostLines({ lost }: Forecast): readonly string[] {
  if (lost.length === 0) return [];
  const rows = lost
    .slice(0, lostListed)
    .map(({ service, rate: needed, missingIn }) => [
      short(service),
      tenths(needed),
      missingIn.map(short).join(", "),
    ]);
  const more = lost.length - rows.length;
  return [
    "",
    "  Lost, for want of the service in a saviour:",
    ...tableLines(["service", "needed/s", "missing in"], rows, ["service", "missing in"]).map(
      (line) => `    ${line}`,
    ),
    ...(more > 0 ? [`    ... and ${count(more, "service")} more (--json lists them)`] : []),
  ];
}

function caveatLines({ caveats }: Forecast): readonly string[] {
  if (caveats.length === 0) return [];
  return [
    "",
    "  Keep in mind:",
    ...caveats.flatMap(({ text }) => {
      const [first = "", ...rest] = wrapped(text, "      ", textWidth);
      return [`    - ${first.trimStart()}`, ...rest];
    }),
  ];
}

function verdictReason(forecast: Forecast): string {
  const worst = worstSaviour(forecast);
  const shed = forecast.shed > 0 ? ` ${whole(forecast.shed)} requests/s have no room anywhere.` : "";
  switch (forecast.verdict) {
    case "unknown":
      return ` Nobody knows what ${short(worst.region)} can take.`;
    case "fits":
    case "tight":
    case "does-not-fit": {
      const service = worst.worstService;
      const isService = service !== undefined && isFuller(service, worst);
      const what = isService ? `${short(service.name)} in ${short(worst.region)}` : short(worst.region);
      const { high } = isService ? service.utilisation : worst.utilisation;
      return ` The fullest is ${what}, at ${percent(high)} of what is sure.${shed}`;
    }
  }
}

/** Whether the service is what makes its region full; one whose capacity comes from the region's is as full as the region. */
function isFuller(service: ServiceForecast, { utilisation }: SaviourForecast): boolean {
  return service.capacitySource !== "derived" && !(service.utilisation.high <= utilisation.high);
}

const allTitles = [
  "lost",
  "moves/s",
  "by headroom",
  "worst off",
  "at",
  "fullest service",
  "by current share",
  "worst off",
  "at",
];

function allLines(path: string, verdict: Fit, regions: readonly SurvivalRow[]): readonly string[] {
  const rows = regions.map(({ region, byHeadroom, byCurrentShare }) => {
    const moved = byHeadroom.ok
      ? byHeadroom.value.moved
      : byCurrentShare.ok
        ? byCurrentShare.value.moved
        : NaN;
    return [
      short(region),
      Number.isNaN(moved) ? "-" : whole(moved),
      ...worstCells(byHeadroom, true),
      ...worstCells(byCurrentShare, false),
    ];
  });
  const left = allTitles.filter((title) => title !== "moves/s" && title !== "at");
  return [
    `${path}: if one region goes`,
    "",
    ...indented(tableLines(allTitles, rows, left)),
    ...faultLines(regions),
    "",
    `  Verdict, by headroom: ${fitWords[verdict]}.`,
  ];
}

function worstCells(forecast: Result<Forecast, DrillFault>, hasService: boolean): readonly string[] {
  if (!forecast.ok) return hasService ? ["-", "", "", ""] : ["-", "", ""];
  const worst = worstSaviour(forecast.value);
  return [
    fitWords[forecast.value.verdict],
    short(worst.region),
    Number.isNaN(worst.utilisation.high) ? "not known" : percent(worst.utilisation.high),
    ...(hasService ? [serviceText(worst.worstService)] : []),
  ];
}

/** Why there is nothing to say of a region; once, where both splits have the same reason. */
function faultLines(regions: readonly SurvivalRow[]): readonly string[] {
  const texts = regions.flatMap(({ region, byHeadroom, byCurrentShare }) =>
    [byHeadroom, byCurrentShare].flatMap((forecast) =>
      forecast.ok ? [] : [`${short(region)}: ${forecast.error.message}`],
    ),
  );
  if (texts.length === 0) return [];
  return ["", ...[...new Set(texts)].flatMap((text) => wrapped(text, "  ", textWidth))];
}

function serviceText(service: ServiceForecast | undefined): string {
  if (service === undefined) return "-";
  return `${short(service.name)} ${percent(service.utilisation.high)}`;
}

function capacityText({ low, high }: Interval): string {
  if (Number.isNaN(low)) return "not known";
  return low === high ? whole(low) : `${whole(low)} - ${whole(high)}`;
}

function utilisationText({ low, high }: Interval): string {
  if (Number.isNaN(high)) return "not known";
  return low === high ? percent(high) : `${percent(low).replace(" %", "")} - ${percent(high)}`;
}

function whole(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function tenths(value: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
