import { isJsonObject } from "#base/json.ts";
import { readIsoTime } from "#base/iso-time.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { limits } from "#domain/limits.ts";
import type { NoticeSeverity } from "#domain/notice.ts";
import type { ObservedAbout } from "#domain/observed/observation.ts";
import { regionOf, type RegionRule } from "#domain/observed/region-rule.ts";

import { DiagnosticLog } from "../vizceral/diagnostic-log.ts";
import { at, placeText, quoted, type Place } from "../vizceral/place.ts";
import { cutText, readText, textLength } from "../vizceral/read-scalar.ts";

/** Which labels of an alert say what it is about: of each list the first that the alert has. */
export interface AlertLabels {
  readonly region: readonly string[];
  readonly cluster: readonly string[];
  readonly namespace: readonly string[];
  readonly service: readonly string[];
}

export interface AlertRules {
  readonly labels: AlertLabels;
  /** By the value of the label "severity", in small letters. */
  readonly severities: Readonly<Record<string, NoticeSeverity>>;
  readonly regions: RegionRule;
}

export interface Alert {
  /** The same alert has the same one, whatever became of it. */
  readonly id: string;
  readonly isFiring: boolean;
  /** It is over then, whoever says so or not. */
  readonly endsAt: Millis | undefined;
  readonly about: ObservedAbout;
  readonly title: string;
  readonly subtitle?: string;
  readonly link?: string;
  readonly severity: NoticeSeverity;
}

export interface AlertsReading {
  readonly alerts: readonly Alert[];
  readonly problems: readonly Diagnostic[];
}

/** Names that meshes, Kubernetes and OpenTelemetry have for the same. */
export const usualAlertLabels: AlertLabels = {
  region: ["region", "cloud_region", "topology_kubernetes_io_region", "aws_region"],
  cluster: ["cluster", "k8s_cluster_name", "destination_cluster"],
  namespace: ["namespace", "kubernetes_namespace", "k8s_namespace_name", "destination_service_namespace"],
  service: ["service", "service_name", "destination_service_name", "app", "deployment", "workload", "job"],
};

export const usualAlertSeverities: AlertRules["severities"] = {
  critical: 2,
  page: 2,
  error: 2,
  warning: 1,
  warn: 1,
  info: 0,
  none: 0,
};

/** What says nothing of how bad it is, is worth a look. */
const usualSeverity: NoticeSeverity = 1;

/**
 * Reads what Alertmanager sends to a webhook, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). Whatever it holds,
 * nothing here throws; what cannot be read is told.
 */
export function readAlerts(input: unknown, rules: AlertRules): Result<AlertsReading, string> {
  const list: unknown = isJsonObject(input) ? input["alerts"] : undefined;
  if (!isJsonObject(input) || !Array.isArray(list)) {
    return err(`What Alertmanager sends is an object with a list of "alerts", not ${quoted(input)}.`);
  }
  const log = new DiagnosticLog(200);
  const report = (kind: Diagnostic["kind"], place: Place, found: string, done: string): void =>
    log.add(() => ({ kind, place: placeText(place), found, done }));
  if (input["version"] !== "4") {
    const found = `the version of the body is ${quoted(input["version"])}`;
    report("note", at(undefined, "version"), found, "read it as version 4");
  }
  const cut = input["truncatedAlerts"];
  if (typeof cut === "number" && cut > 0) {
    const found = `Alertmanager left ${cut} alerts out of the body`;
    report("dropped", at(undefined, "truncatedAlerts"), found, "raise max_alerts of its webhook to see them");
  }
  const alerts = list.slice(0, limits.notices).flatMap((raw: unknown, index): Alert[] => {
    const place = at(at(undefined, "alerts"), index);
    if (isJsonObject(raw)) return [readAlert(raw, place, rules, report)];
    report("dropped", place, `${quoted(raw)} is no alert`, "left it out");
    return [];
  });
  if (list.length > limits.notices) {
    const found = `${list.length} alerts in one body`;
    report("dropped", at(undefined, "alerts"), found, `read the first ${limits.notices}`);
  }
  return ok({ alerts, problems: log.list() });
}

type ReportOddity = (kind: Diagnostic["kind"], place: Place, found: string, done: string) => void;

function readAlert(
  raw: Record<string, unknown>,
  place: Place,
  rules: AlertRules,
  report: ReportOddity,
): Alert {
  const labels = textsOf(raw["labels"]);
  const annotations = textsOf(raw["annotations"]);
  const { status, fingerprint } = raw;
  if (status !== "firing" && status !== "resolved") {
    report("mended", at(place, "status"), `the status is ${quoted(status)}`, "took it for firing");
  }
  const name = labels.get("alertname") ?? "An alert without a name";
  const title = annotations.get("summary") ?? annotations.get("title") ?? name;
  const subtitle = annotations.get("description") ?? (title === name ? undefined : name);
  const link = linkOf(raw["generatorURL"], at(place, "generatorURL"), report);
  return {
    id: typeof fingerprint === "string" && fingerprint !== "" ? fingerprint : labelsKey(labels),
    isFiring: status !== "resolved",
    endsAt: endOf(raw["endsAt"]),
    about: aboutOf(labels, rules),
    title: cutText(title, textLength),
    ...(subtitle === undefined ? {} : { subtitle: cutText(subtitle, textLength) }),
    ...(link === undefined ? {} : { link }),
    severity: severityOf(labels.get("severity"), rules, place, report),
  };
}

function severityOf(
  word: string | undefined,
  { severities }: AlertRules,
  place: Place,
  report: ReportOddity,
): NoticeSeverity {
  const key = word?.toLowerCase() ?? "";
  if (Object.hasOwn(severities, key)) return severities[key] ?? usualSeverity;
  if (word !== undefined) {
    const found = `the severity ${quoted(word)} is not known`;
    report(
      "note",
      at(at(place, "labels"), "severity"),
      found,
      "showed it as a warning; severities: can say what it is",
    );
  }
  return usualSeverity;
}

function aboutOf(labels: ReadonlyMap<string, string>, { labels: names, regions }: AlertRules): ObservedAbout {
  const first = (keys: readonly string[]): string | undefined =>
    keys.map((key) => labels.get(key)).find((value) => value !== undefined);
  // A region that nobody names is no region: the alert is about the service wherever it runs.
  const region = regionOf(
    { region: first(names.region), cluster: first(names.cluster) },
    { ...regions, fallback: undefined },
  );
  const namespace = first(names.namespace);
  const service = first(names.service);
  return {
    ...(region === undefined ? {} : { region }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(service === undefined ? {} : { service }),
  };
}

function linkOf(raw: unknown, place: Place, report: ReportOddity): string | undefined {
  if (raw === undefined || raw === null || raw === "") return undefined;
  if (typeof raw === "string" && raw.length <= textLength && /^https?:\/\//i.test(raw)) return raw;
  report("dropped", place, `${quoted(raw)} is no http or https address`, "left the link out");
  return undefined;
}

/** Go writes the year 1 for "not known". */
function endOf(raw: unknown): Millis | undefined {
  const end = typeof raw === "string" ? readIsoTime(raw) : undefined;
  return end !== undefined && end > 0 ? end : undefined;
}

function textsOf(raw: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of isJsonObject(raw) ? Object.entries(raw).slice(0, 256) : []) {
    const text = readText(value)?.value;
    if (text !== undefined) texts.set(key, text);
  }
  return texts;
}

function labelsKey(labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([...labels].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
