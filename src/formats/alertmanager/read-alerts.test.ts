import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cases } from "#testing/cases.ts";
import { deepFreeze } from "#testing/deep-freeze.ts";

import {
  readAlerts,
  usualAlertLabels,
  usualAlertSeverities,
  type AlertRules,
  type AlertsReading,
} from "./read-alerts.ts";

const rules: AlertRules = {
  labels: usualAlertLabels,
  severities: usualAlertSeverities,
  regions: { clusters: new Map([["prod-use1", "us-east-1"]]), fallback: "elsewhere" },
};

const alert = {
  status: "firing",
  labels: {
    alertname: "HighErrorRate",
    severity: "critical",
    cluster: "prod-use1",
    namespace: "shop",
    service: "cart",
  },
  annotations: { summary: "Too many errors", description: "cart fails in 7 % of all calls" },
  startsAt: "2026-11-28T07:00:00.123456789Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prometheus.example/graph?g0.expr=x",
  fingerprint: "29b1d1c7a1c9a4b2",
};

/** In the documented shape of version 4. */
const body = {
  version: "4",
  groupKey: '{}:{alertname="HighErrorRate"}',
  truncatedAlerts: 0,
  status: "firing",
  receiver: "spillway",
  groupLabels: { alertname: "HighErrorRate" },
  commonLabels: alert.labels,
  commonAnnotations: {},
  externalURL: "http://alertmanager.example",
  alerts: [alert],
};

function read(input: unknown, more: Partial<AlertRules> = {}): AlertsReading {
  const reading = readAlerts(input, { ...rules, ...more });
  if (!reading.ok) throw new Error(reading.error);
  return reading.value;
}

describe("what Alertmanager sends", () => {
  it("is read as alerts about services, regions by cluster", () => {
    expect(read(body)).toEqual({
      alerts: [
        {
          id: "29b1d1c7a1c9a4b2",
          isFiring: true,
          endsAt: undefined,
          about: { region: "us-east-1", namespace: "shop", service: "cart" },
          title: "Too many errors",
          subtitle: "cart fails in 7 % of all calls",
          link: "http://prometheus.example/graph?g0.expr=x",
          severity: 2,
        },
      ],
      problems: [],
    });
  });

  it("says that an alert is over, and when", () => {
    const over = { ...alert, status: "resolved", endsAt: "2026-11-28T07:05:00Z" };
    expect(read({ ...body, alerts: [over] }).alerts).toMatchObject([
      { id: alert.fingerprint, isFiring: false, endsAt: Date.parse("2026-11-28T07:05:00Z") },
    ]);
  });

  it("is about a service wherever it runs when it names no region, whatever the default region is", () => {
    const { cluster: _, ...labels } = alert.labels;
    const [read1] = read({ ...body, alerts: [{ ...alert, labels }] }).alerts;
    expect(read1?.about).toEqual({ namespace: "shop", service: "cart" });
  });

  it("may have labels of another team's choice", () => {
    const labels = { alertname: "Slow", dc: "eu-1", team_service: "web" };
    const own = { ...usualAlertLabels, region: ["dc"], service: ["team_service"] };
    const [slow] = read({ ...body, alerts: [{ ...alert, labels, annotations: {} }] }, { labels: own }).alerts;
    expect(slow).toMatchObject({ about: { region: "eu-1", service: "web" }, title: "Slow", severity: 1 });
  });

  it("is the same alert again without a fingerprint, by its labels", () => {
    const { fingerprint: _, ...rest } = alert;
    const turned = Object.fromEntries(Object.entries(alert.labels).toReversed());
    const { alerts } = read({ ...body, alerts: [rest, { ...rest, labels: turned }] });
    expect(alerts[0]?.id).toBe(alerts[1]?.id);
  });

  it.each([
    ["another version", { version: "5" }, 'the version of the body is "5"'],
    ["alerts that were cut", { truncatedAlerts: 3 }, "Alertmanager left 3 alerts out"],
    ["what is no alert", { alerts: [7] }, "7 is no alert"],
    ["a strange status", { alerts: [{ ...alert, status: "x" }] }, 'the status is "x"'],
    [
      "a strange severity",
      { alerts: [{ ...alert, labels: { severity: "P1" } }] },
      'the severity "P1" is not known',
    ],
    [
      "a link that is a script",
      { alerts: [{ ...alert, generatorURL: "javascript:alert(1)" }] },
      "is no http or https",
    ],
    ["too many alerts", { alerts: Array.from({ length: 2_001 }, () => alert) }, "2001 alerts in one body"],
  ])("tells of %s", (_, part, told) => {
    expect(
      read({ ...body, ...part })
        .problems.map(({ found }) => found)
        .join("\n"),
    ).toContain(told);
  });

  it.each([[7], [{}], [[]], [{ alerts: {} }]])("is not %j", (input) => {
    expect(readAlerts(input, rules)).toMatchObject({ ok: false });
  });

  it("never makes the reader throw", () => {
    const value = fc.oneof(fc.constantFrom<unknown>("", "firing", "critical", {}, [], null), fc.jsonValue());
    const keys = fc.constantFrom(
      "status",
      "labels",
      "annotations",
      "endsAt",
      "generatorURL",
      "fingerprint",
      "__proto__",
    );
    const odd = fc.dictionary(keys, fc.oneof(value, fc.dictionary(keys, value)));
    const bodies = fc.record({ version: value, alerts: fc.oneof(fc.array(fc.oneof(odd, value)), value) });
    fc.assert(
      fc.property(bodies, (input) => {
        const reading = readAlerts(deepFreeze(input), rules);
        expect(
          reading.ok ? reading.value.alerts.every(({ title }) => title !== "") : reading.error !== "",
        ).toBe(true);
      }),
      { numRuns: cases(2_000) },
    );
  });
});
