import { afterEach, describe, expect, it } from "vitest";

import type { SourceReport } from "#domain/observed/merge-reports.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { jsonBody } from "#testing/otlp-bodies.ts";
import { turns, until } from "#testing/turns.ts";

import { otlpKind } from "./otlp-kind.ts";
import { OtlpPart } from "./otlp-part.ts";
import { localTraceLine } from "./trace-client.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function config(settings: object) {
  return otlpKind.schema.parse(settings);
}

async function start() {
  const clock = new ManualClock();
  const line = localTraceLine();
  const part = new OtlpPart(
    config({ port: 0 }),
    { name: "spans", clock, intervalMs: 1000, regions: noRegionRule, statuses: {} },
    () => line,
  );
  const reports: SourceReport[] = [];
  const stop = new AbortController();
  const running = part.run((report) => void reports.push(report), stop.signal);
  stops.push(async () => {
    stop.abort();
    await running.catch(() => undefined);
  });
  await until(() => part.port !== undefined);
  const send = (body: string) =>
    fetch(`http://127.0.0.1:${part.port}/v1/traces`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
  return { clock, part, line, reports, running, send };
}

function rootSpan(at: number): string {
  const spans = [
    {
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "00f067aa0ba902b7",
      parentId: "",
      kind: 2,
      start: BigInt(at) * 1_000_000n,
      end: BigInt(at) * 1_000_000n,
      isFailure: false,
      traceState: "",
      attributes: {},
      links: [],
    },
  ];
  return jsonBody([{ attributes: { "service.name": "web" }, spans }]);
}

describe("the part", () => {
  it("reports at each interval what has come, and counts it", async () => {
    const { clock, part, reports, send } = await start();
    expect((await send(rootSpan(clock.now()))).status).toBe(200);
    clock.advance(1000);
    await until(() => reports.length === 1);
    expect(reports[0]).toMatchObject({
      kind: "observation",
      observation: { at: clock.now(), windowMs: 10_000, edges: [{ from: { kind: "outside" } }] },
    });
    expect(part.counts()).toMatchObject({
      "spans received": 1,
      "spans with one end": 1,
      "requests refused": 0,
    });
    await send("[]");
    expect(part.counts()["requests refused"]).toBe(1);
  });

  it("reports nothing while nothing comes", async () => {
    const { clock, reports } = await start();
    clock.advance(5000);
    await turns();
    expect(reports).toEqual([]);
  });

  it("ends with the reason when its thread dies, and answers 503 no longer", async () => {
    const { line, running } = await start();
    line.onDeath("The thread that pairs spans has failed: no memory");
    await expect(running).rejects.toThrow("The thread that pairs spans has failed: no memory");
  });
});

describe("the settings", () => {
  it("are few, and may all be left out", () => {
    expect(config({})).toEqual({
      host: "127.0.0.1",
      port: 4318,
      tokens: [],
      maxBody: 16 * 2 ** 20,
      maxPending: 100_000,
      ttl: 10_000,
      window: 10_000,
      namespace: "service",
      samplingKey: "sampling.ratio",
    });
  });

  it.each([
    [{ host: "0.0.0.0" }, 'whoever reaches 0.0.0.0 could send traffic: add tokens: ["pusher:SECRET"]'],
    [{ host: "0.0.0.0", tokens: "viewer:0123456789abcdef" }, "whoever reaches 0.0.0.0"],
    [{ maxBody: "65MiB" }, "write a size of at most 64MiB"],
    [{ ttl: "2m" }, "write a time from 1000 ms to 60000 ms"],
    [{ namespace: "cluster" }, "write service, k8s or none"],
    [{ prot: 4318 }, "Unrecognized key"],
  ])("say what is wrong with %j", (settings, message) => {
    const read = otlpKind.schema.safeParse(settings);
    expect(read.error?.issues[0]?.message).toContain(message);
  });

  it("let other machines send with a pusher's token", () => {
    expect(config({ host: "0.0.0.0", tokens: "pusher:0123456789abcdef" }).tokens).toHaveLength(1);
  });
});
