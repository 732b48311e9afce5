import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import type { FeedConfig } from "#server/config/feeds-config.ts";
import { alertmanagerSchema } from "#server/sources/alertmanager/alerts-part.ts";
import { pushSchema } from "#server/sources/push/push-part.ts";
import { pushStation, type PushStation } from "#testing/push-station.ts";
import { until } from "#testing/turns.ts";

const regions = { ...noRegionRule, clusters: new Map([["prod-1", "us-east-1"]]) };
const config: FeedConfig = {
  name: "shop",
  title: "Shop",
  statuses: {},
  sources: [
    { name: "push", kind: "push", settings: pushSchema.parse({}), regions },
    { name: "alerts", kind: "alertmanager", settings: alertmanagerSchema.parse({}), regions },
  ],
};

const graph = {
  name: "shop",
  nodes: ["us-east-1", "eu-west-1"].map((name) => ({
    name,
    nodes: [{ name: "web" }, { name: "cart" }],
    connections: [{ source: "web", target: "cart", metrics: { normal: 1 } }],
  })),
};

let station: PushStation;

beforeEach(async () => {
  station = await pushStation({ config });
});

afterEach(() => station.stop());

async function post(path: string, body: unknown, type = "application/json") {
  const { statusCode, body: text } = await station.http.inject({
    method: "POST",
    url: `/api/feeds/${path}`,
    headers: { host: "127.0.0.1", "content-type": type },
    payload: typeof body === "string" ? body : JSON.stringify(body),
  });
  const answer: unknown = JSON.parse(text);
  return { status: statusCode, answer };
}

const alert = (labels: object, more: object = {}) => ({
  status: "firing",
  labels: { alertname: "Trouble", severity: "critical", ...labels },
  annotations: {},
  endsAt: "0001-01-01T00:00:00Z",
  ...more,
});
const send = (...alerts: object[]) => post("shop/alerts", { version: "4", alerts });

/** Names of the nodes that notices stand on, with the titles. */
function notices(): readonly string[] {
  const { topology, notices: all } = must(station.feed.head).snapshot;
  return all.map(({ target, title }) => {
    const node = must(topology.nodes[target.kind === "node" ? target.node : 0]);
    const region = must(topology.nodes[node.parent]).name;
    return `${title} at ${node.name} in ${region}`;
  });
}

const shown = (...expected: string[]) =>
  until(() => notices().toSorted().join() === expected.toSorted().join(), expected.join());

describe("alerts", () => {
  it("become notices on what they are about, and clear again", async () => {
    await post("shop/frames", graph);
    const { status, answer } = await send(
      alert({ cluster: "prod-1", service: "cart" }, { fingerprint: "a" }),
      alert({ alertname: "Everywhere", service: "web" }, { fingerprint: "b" }),
      alert({ alertname: "Region", region: "eu-west-1" }, { fingerprint: "c" }),
    );
    expect([status, answer]).toEqual([200, { received: 3, firing: 3, diagnostics: [] }]);
    await shown(
      "Trouble at cart in us-east-1",
      "Everywhere at web in us-east-1",
      "Everywhere at web in eu-west-1",
      "Region at eu-west-1 in shop",
    );
    await send(
      alert({}, { fingerprint: "b", status: "resolved" }),
      alert({}, { fingerprint: "c", status: "resolved" }),
    );
    await shown("Trouble at cart in us-east-1");
  });

  it("are over when their time is", async () => {
    await post("shop/frames", graph);
    const endsAt = new Date(Date.now() + 300).toISOString();
    await send(alert({ service: "cart", region: "us-east-1" }, { endsAt }));
    await shown("Trouble at cart in us-east-1");
    await shown();
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt));
  });

  it("that are about nothing in the picture are told, and placed when it appears", async () => {
    await send(alert({ service: "cart", region: "us-east-1" }), alert({ alertname: "Watchdog" }));
    await until(() => station.feed.problems.length === 2);
    expect(station.feed.problems.map(({ found }) => found)).toEqual([
      '"Trouble" is about cart in us-east-1, which is not in the picture',
      '"Watchdog" is about nothing that it names, which is not in the picture',
    ]);
    await post("shop/frames", graph);
    await shown("Trouble at cart in us-east-1");
    expect(station.feed.problems).toHaveLength(1);
  });

  it.each([
    ["no JSON", '{"alerts": [', "application/json", 400, "line 1, column 13"],
    ["no alerts", "{}", "application/json", 400, 'list of \\"alerts\\"'],
    ["too deep", "[".repeat(1000), "application/json", 400, "deeper than 32 levels"],
    ["another type", "x", "text/plain", 415, "application/json"],
  ])("are refused when they are %s", async (_, body, type, status, why) => {
    const refused = await post("shop/alerts", body, type);
    expect([refused.status, JSON.stringify(refused.answer)]).toEqual([status, expect.stringContaining(why)]);
  });

  it("need a feed that takes them", async () => {
    const { status, answer } = await post("other/alerts", {});
    expect([status, answer]).toEqual([
      404,
      { error: { message: "The server has no such feed. These take alerts: shop." } },
    ]);
  });
});

describe("the settings of alerts", () => {
  it("may name labels and what severities mean", () => {
    const read = alertmanagerSchema.parse({
      labels: { region: "dc", service: ["svc", "app"] },
      severities: { P1: "error" },
    });
    expect(read.labels).toMatchObject({ region: ["dc"], service: ["svc", "app"] });
    expect(read.labels.namespace).toContain("namespace");
    expect(read.severities).toMatchObject({ p1: 2, critical: 2 });
  });

  it("know three severities", () => {
    const { error } = alertmanagerSchema.safeParse({ severities: { P1: "fatal" } });
    expect(error?.issues[0]?.message).toBe("write info, warning or error");
  });
});
