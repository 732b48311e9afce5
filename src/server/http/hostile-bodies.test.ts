import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { oddBody, sendOdd } from "#testing/odd-bodies.ts";
import { startTestServer } from "#testing/test-server.ts";

/** `npm run soak` sends all 10,000; bench/hostile-bodies.ts measures stalls and memory meanwhile. */
const bodies = Number(process.env["SOAK_BODIES"] ?? 300);

const config = `
feeds:
  - name: good
    sources: [{ kind: push, rate: 1000 }]
  - name: odd
    sources: [{ kind: push, rate: 1000 }, { kind: alertmanager, rate: 1000 }]
`;

const graph = {
  name: "shop",
  nodes: [{ name: "web" }, { name: "cart" }],
  connections: [{ source: "web", target: "cart", metrics: { normal: 1 } }],
};

it("is unimpressed by bodies that nobody means, and goes on with those that somebody means", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "spillway-")), "spillway.yaml");
  writeFileSync(file, config);
  const server = await startTestServer([`--config=${file}`, "--interval=1h"], {}, { sources: undefined });
  const url = `http://127.0.0.1:${server.port}/`;
  const random = mulberry32(7);
  const statuses = new Map<number, number>();
  const good: number[] = [];
  try {
    for (let sent = 0; sent < bodies; sent += 20) {
      const odd = await Promise.all(
        Array.from({ length: 20 }, () => oddBody(random)).map((body) => sendOdd(url, "odd", body)),
      );
      for (const status of odd) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const whole = { surface: "frames", headers: { "content-type": "application/json" } } as const;
      good.push(await sendOdd(url, "good", { ...whole, body: JSON.stringify(graph) }));
    }
    expect(good.every((status) => status === 202)).toBe(true);
    const strange = [...statuses.keys()].filter(
      (status) => ![200, 202, 400, 409, 413, 415, 503].includes(status),
    );
    expect(strange, "every answer is one that is documented").toEqual([]);
    expect(statuses.get(400)).toBeGreaterThan(bodies / 4);
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(await server.metric('spillway_frames_total{feed="good",recorded="yes"}')).toBe(good.length);
  } finally {
    await server.stop();
  }
});
