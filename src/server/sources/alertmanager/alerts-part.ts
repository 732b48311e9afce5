import * as z from "zod";

import type { Dispose } from "#base/disposer.ts";
import type { Clock } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { limits } from "#domain/limits.ts";
import type { NoticeSeverity } from "#domain/notice.ts";
import type { ObservedNotice } from "#domain/observed/observation.ts";
import {
  usualAlertLabels,
  usualAlertSeverities,
  type Alert,
  type AlertRules,
  type AlertsReading,
} from "#formats/alertmanager/read-alerts.ts";

import { number } from "../../config/values.ts";
import type { PartKind, PartOptions, Report, SourcePart } from "../parts/source-part.ts";

export interface AlertmanagerConfig extends Pick<AlertRules, "labels" | "severities"> {
  /** Bodies per second from one address, on average. */
  readonly perSecond: number;
}

const severities: Readonly<Record<string, NoticeSeverity>> = { info: 0, warning: 1, error: 2 };

const severity = z.string().transform((word, context): NoticeSeverity => {
  const known = Object.hasOwn(severities, word) ? severities[word] : undefined;
  if (known !== undefined) return known;
  context.addIssue("write info, warning or error");
  return z.NEVER;
});

const names = (usual: readonly string[]) =>
  z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([...usual]);

export const alertmanagerSchema = z
  .strictObject({
    labels: z
      .strictObject({
        region: names(usualAlertLabels.region),
        cluster: names(usualAlertLabels.cluster),
        namespace: names(usualAlertLabels.namespace),
        service: names(usualAlertLabels.service),
      })
      .prefault({}),
    severities: z.record(z.string().toLowerCase(), severity).default({}),
    // Alertmanager gathers alerts and waits between; this is far more than it sends.
    rate: number(0.1, 1_000, false).default(20),
  })
  .transform(({ labels, severities: own, rate }): AlertmanagerConfig => ({
    labels,
    severities: { ...usualAlertSeverities, ...own },
    perSecond: rate,
  }));

/** Alerts that Alertmanager sends: `POST /api/feeds/FEED/alerts`. They become notices on what they are about. */
export const alertmanagerKind: PartKind<AlertmanagerConfig> = {
  schema: alertmanagerSchema,
  open: (config, options) => new AlertsPart(config, options),
};

/** No news is good news: it is silent while all is well. Timers do not reach much further. */
const staleAfterMs = 20 * 86_400_000;

const dayMs = 86_400_000;

/** The alerts that fire, until somebody says that they are over or their time is. */
export class AlertsPart implements SourcePart {
  readonly kind = "alertmanager";
  readonly name: string;
  readonly staleAfterMs = staleAfterMs;
  readonly rules: AlertRules;
  readonly perSecond: number;
  readonly #clock: Clock;
  readonly #firing = new Map<string, Alert>();
  readonly #counts = { firing: 0, received: 0, cleared: 0, refused: 0 };
  #problems: readonly Diagnostic[] = [];
  #report: Report | undefined;
  #cancelEnd: Dispose = () => {};

  constructor({ perSecond, ...rules }: AlertmanagerConfig, { name, clock, regions }: PartOptions) {
    this.name = name;
    this.perSecond = perSecond;
    this.#clock = clock;
    this.rules = { ...rules, regions };
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#counts, firing: this.#firing.size };
  }

  run(report: Report, signal: AbortSignal): Promise<void> {
    this.#report = report;
    return new Promise((resolve) => {
      const end = (): void => {
        this.#report = undefined;
        this.#cancelEnd();
        resolve();
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    });
  }

  /** What was sent: those that fire are shown, those that are over are gone. */
  take({ alerts, problems }: AlertsReading): { readonly firing: number } {
    for (const alert of alerts) {
      this.#counts.received += 1;
      // Anew, so that the one that was heard of last comes last.
      if (this.#firing.delete(alert.id) && !alert.isFiring) this.#counts.cleared += 1;
      if (alert.isFiring) this.#firing.set(alert.id, alert);
    }
    this.#problems = [...problems, ...this.#dropOldest()];
    this.#tell();
    return { firing: this.#firing.size };
  }

  refuse(): void {
    this.#counts.refused += 1;
  }

  #dropOldest(): readonly Diagnostic[] {
    const tooMany = this.#firing.size - limits.notices;
    if (tooMany <= 0) return [];
    for (const id of [...this.#firing.keys()].slice(0, tooMany)) this.#firing.delete(id);
    return [
      {
        kind: "dropped",
        place: this.name,
        found: `${tooMany} more alerts fire than the ${limits.notices.toLocaleString("en-US")} that are shown`,
        done: "left out those that were heard of longest ago",
      },
    ];
  }

  /** Says what fires now, and comes back when the next one is over by itself. */
  #tell(): void {
    const now = this.#clock.now();
    let next = Infinity;
    for (const [id, { endsAt }] of this.#firing) {
      if (endsAt === undefined) continue;
      if (endsAt <= now) {
        this.#firing.delete(id);
        this.#counts.cleared += 1;
      } else next = Math.min(next, endsAt);
    }
    this.#cancelEnd();
    if (next < Infinity) this.#cancelEnd = this.#clock.after(Math.min(dayMs, next - now), () => this.#tell());
    const notices = [...this.#firing.values()].map(noticeOf);
    const observation = {
      at: now,
      windowMs: 0,
      edges: [],
      notices,
      capacities: [],
      problems: this.#problems,
    };
    this.#report?.({ kind: "observation", observation });
  }
}

function noticeOf({ about, title, subtitle, link, severity: bad }: Alert): ObservedNotice {
  return {
    about,
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(link === undefined ? {} : { link }),
    severity: bad,
  };
}
