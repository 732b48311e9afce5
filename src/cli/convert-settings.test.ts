import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { temporaryFolder } from "#testing/store-fixture.ts";

import { runCheckConfig } from "./check-config.ts";
import { runConvert } from "./convert.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

function seenIo() {
  const texts = { out: "", err: "" };
  return {
    texts,
    out: (text: string) => void (texts.out += text),
    err: (text: string) => void (texts.err += text),
    readFile: () => Promise.reject(new Error("no file is read")),
  };
}

async function convert(content: string, ...argv: readonly string[]) {
  writeFileSync(at("promviz.yaml"), content);
  const io = seenIo();
  const code = await runConvert([at("promviz.yaml"), ...argv], io);
  return { code, ...io.texts };
}

const promviz = `
graphName: Shop
maxVolumeRate: 25
clusters:
  - name: eu-1
    serviceConnections:
      - name: http
        query: 'status:requests:rate2m{client!=""}'
        prometheusURL: http://prometheus:9090/path
        source: { label: client, regex: "^demo-(?:(.*)-exporter|(.*))$", replacement: $1$2 }
        target: { label: service, class: grpc }
        status: { label: code, dangerRegex: "Internal", warningRegex: "Unavailable|DataLoss" }
        notices: [{ name: high, title: High, statusType: danger, threshold: 0.01, severity: 2 }]
clusterConnections:
  - query: cluster:requests:rate2m
    prometheusURL: http://prometheus:9090/path
    source: { replacement: INTERNET }
    target: { replacement: eu-1 }
`;

describe("spillway convert from promviz", () => {
  it("writes settings that the server starts with, and tells what has no meaning here", async () => {
    const { code, out, err } = await convert(promviz, "--out", at("spillway.yaml"));
    expect([code, out]).toEqual([0, expect.stringContaining("spillway.yaml: written.")]);
    expect(err).toContain("promviz.yaml: maxVolumeRate: the density of dots");
    const checked = seenIo();
    expect(runCheckConfig([at("spillway.yaml")], {}, checked)).toBe(0);
    expect(checked.texts.out).toContain("It shows shop (prometheus).");
    expect(readFileSync(at("spillway.yaml"), "utf8")).toContain("# Made by spillway convert from ");
  });

  it.each([
    ["what is no YAML", "a: [", "promviz.yaml: "],
    ["what is of another program", "scrape_configs: []", "is no configuration of promviz"],
  ])("refuses %s, and writes nothing", async (_, content, why) => {
    const { code, err } = await convert(content, at("none.yaml"));
    expect([code, err]).toEqual([1, expect.stringContaining(why)]);
    expect(() => readFileSync(at("none.yaml"))).toThrow("ENOENT");
  });

  it("replaces nothing unless it is told to", async () => {
    writeFileSync(at("mine.yaml"), "mine");
    expect(await convert(promviz, at("mine.yaml"))).toMatchObject({ code: 1 });
    expect(await convert(promviz, at("mine.yaml"), "--force")).toMatchObject({ code: 0 });
  });
});
