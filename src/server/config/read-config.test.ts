import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { printConfig } from "./print-config.ts";
import { readConfig } from "./read-config.ts";
import type { ServerConfig } from "./server-config.ts";
import { sha256 } from "./token-setting.ts";
import { flagOf, settingNames, variableOf } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "spillway-config-"));

function file(content: string, name = "spillway.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function config(argv: readonly string[] = [], environment: Record<string, string> = {}): ServerConfig {
  const read = readConfig(argv, environment);
  if (!read.ok) throw new Error(read.error.messages.join("\n"));
  return read.value;
}

function faults(argv: readonly string[], environment: Record<string, string> = {}): readonly string[] {
  const read = readConfig(argv, environment);
  return read.ok ? [] : read.error.messages;
}

describe("settings", () => {
  it("have defaults that show the demo to this machine only", () => {
    const { dataFolder, ...rest } = config();
    expect(dataFolder).toMatch(/spillway$/i);
    expect(rest).toEqual({
      sources: ["demo"],
      feeds: [],
      intervalMs: 1000,
      jitter: 0,
      seed: 1,
      lingerMs: 300_000,
      isRepeated: false,
      isRecorded: true,
      keepMs: 7 * 86_400_000,
      keepBytes: 10 * 2 ** 30,
      sharedDrills: "demo",
      host: "127.0.0.1",
      port: 4870,
      open: false,
      publicUrl: undefined,
      allowedOrigins: [],
      insecureNoAuth: false,
      tokens: [],
      maxViewers: 5000,
      maxViewersPerAddress: 100,
      drainMs: 0,
      logLevel: "info",
      logFormat: undefined,
      clockStart: undefined,
      demoFrozenAt: undefined,
    });
  });

  it("come from the file, give way to variables, and these to flags", () => {
    const path = file("port: 1\nhost: 10.0.0.1\nseed: 7\n");
    const read = config(["--config", path, "--port=3"], { SPILLWAY_PORT: "2", SPILLWAY_HOST: "10.0.0.2" });
    expect([read.port, read.host, read.seed]).toEqual([3, "10.0.0.2", 7]);
  });

  it("may stand in JSON, and the file in a variable", () => {
    const path = file('{ "interval": "500ms", "source": ["demo"] }', "spillway.json");
    expect(config([], { SPILLWAY_CONFIG: path }).intervalMs).toBe(500);
  });

  it.each([
    ["1s", 1000],
    ["500ms", 500],
    ["2m", 120_000],
    ["1.5s", 1500],
    ["3", 3000],
  ])("read a time of %s as %d ms", (text, ms) => {
    expect(config([`--interval=${text}`]).intervalMs).toBe(ms);
  });

  it("take several sources by repeating the flag or with commas", () => {
    expect(config(["--source", "demo", "--source", "file:a,b.json"]).sources).toEqual([
      "demo",
      "file:a,b.json",
    ]);
    expect(config([], { SPILLWAY_SOURCE: "demo, file:x.json" }).sources).toEqual(["demo", "file:x.json"]);
  });

  it("take a public address with and without its last slash", () => {
    expect(config(["--public-url=https://x.example/base"]).publicUrl?.href).toBe("https://x.example/base/");
  });

  it("are not disturbed by what Kubernetes sets for a service of this name", () => {
    const foreign = {
      SPILLWAY_SERVICE_HOST: "10.0.0.1",
      SPILLWAY_PORT: "tcp://10.0.0.1:80",
      SPILLWAY_PORT_80_TCP: "x",
    };
    expect(config([], foreign).port).toBe(4870);
  });
});

describe("tokens", () => {
  const secret = "0123456789abcdef";
  const entry = { role: "viewer", name: "viewer", sha256: sha256(secret) };

  it.each<[string, () => ServerConfig]>([
    ["a variable", () => config([], { SPILLWAY_TOKENS: `viewer:${secret}` })],
    [
      "a variable, hashed",
      () => config([], { SPILLWAY_TOKENS: `viewer:sha256:${sha256(secret).toUpperCase()}` }),
    ],
    [
      "a file that a variable names",
      () => config([], { SPILLWAY_TOKENS_FILE: file(`viewer:${secret}\n`, "secret") }),
    ],
    ["the settings' file", () => config(["--config", file(`tokens: ["viewer:${secret}"]`)])],
    [
      "the settings' file, in full",
      () => config(["--config", file(`tokens: [{ role: viewer, token: ${secret} }]`)]),
    ],
  ])("are kept as hashes, whether they come from %s", (_, read) => {
    expect(read().tokens).toEqual([entry]);
  });

  it("may be several", () => {
    const text = `viewer:${secret}\noperator:${secret}${secret}\n`;
    expect(config([], { SPILLWAY_TOKENS_FILE: file(text, "two") }).tokens.map(({ role }) => role)).toEqual([
      "viewer",
      "operator",
    ]);
  });
});

describe("what cannot be is told with its place and the remedy", () => {
  it.each<[string, readonly string[], Record<string, string>]>([
    ["There is no flag --prot. Did you mean --port? spillway help lists them.", ["--prot=1"], {}],
    ["There is no flag --zzzzzzzz. spillway help lists them.", ["--zzzzzzzz"], {}],
    ["There is no setting SPILLWAY_SOURCES. Did you mean SPILLWAY_SOURCE?", [], { SPILLWAY_SOURCES: "demo" }],
    ["--port: write a whole number from 0 to 65535.", ["--port=70000"], {}],
    ["--port: write a whole number from 0 to 65535.", ["--port=http"], {}],
    ["SPILLWAY_SEED: write a whole number from 0 to 4294967295.", [], { SPILLWAY_SEED: "" }],
    ["--interval: write a time from 100 ms to 3600000 ms, such as 500ms, 1s or 5m.", ["--interval=1ms"], {}],
    ["--jitter: write a number from 0 to 1.", ["--jitter=10"], {}],
    [
      "--public-url: write an address such as https://traffic.example/ or https://host.example/base/.",
      ["--public-url=traffic"],
      {},
    ],
    [
      "--allow-origin.0: write an origin such as https://other.example, without a path.",
      ["--allow-origin=https://x/y"],
      {},
    ],
    ["SPILLWAY_OPEN: write true or false.", [], { SPILLWAY_OPEN: "maybe" }],
    ["SPILLWAY_TOKENS.0.token: a token has at least 16 characters.", [], { SPILLWAY_TOKENS: "viewer:short" }],
    ["--config: /no/such/file cannot be read.", ["--config=/no/such/file"], {}],
    ["SPILLWAY_TOKENS_FILE: /no/such/file cannot be read.", [], { SPILLWAY_TOKENS_FILE: "/no/such/file" }],
    ["--clock-start: write a moment such as 2026-01-06T12:00:00Z.", ["--clock-start=noon"], {}],
  ])("%s", (message, argv, environment) => {
    expect(faults(argv, environment)).toEqual([message]);
  });

  it.each([
    ["prot: 1", 'there is no setting "prot". Did you mean port?'],
    ["- a\n- b", 'it holds no settings; write "name: value" lines.'],
    ["a: [", "spillway.yaml: "],
    ["tokens: [{ role: king, token: 0123456789abcdef }]", "spillway.yaml:1: tokens[0].role: Invalid option"],
    ["tokens: [{ role: viewer }]", "give either the token or its sha256"],
    ["port: [1]", "spillway.yaml:1: port: "],
    ["port: 1\n\nseed: what", "spillway.yaml:3: seed: write a whole number"],
    ["feeds: [{ name: shop }]", "spillway.yaml:1: feeds[0].sources: "],
    [
      "feeds:\n  - name: Shop!\n    sources:\n      - kind: prometeus",
      "spillway.yaml:2: feeds[0].name: write a name of small letters, digits and dashes.",
    ],
    [
      "feeds:\n  - name: shop\n    sources:\n      - kind: prometeus",
      'spillway.yaml:4: feeds[0].sources[0].kind: there is no kind "prometeus";',
    ],
    [
      "feeds:\n  - name: shop\n    title: of ${NOBODY_SET_THIS}\n    sources: []",
      "spillway.yaml:3: feeds[0].title: the variable NOBODY_SET_THIS is not set.",
    ],
  ])("in a file: %s", (content, message) => {
    expect(faults(["--config", file(content)]).join("\n")).toContain(message);
  });

  it("does not take tokens from the command line, where others can read them", () => {
    expect(faults(["--tokens=viewer:0123456789abcdef"])[0]).toContain("use SPILLWAY_TOKENS or the file");
  });

  it("refuses words that are no flags", () => {
    expect(faults(["demo"])).toHaveLength(1);
  });

  it("tells all mistakes at once", () => {
    expect(faults(["--port=x", "--seed=y"], { SPILLWAY_NOPE: "1" })).toHaveLength(3);
  });
});

describe("printing the settings", () => {
  it("masks what is secret", () => {
    const text = printConfig(config([], { SPILLWAY_TOKENS: "viewer:0123456789abcdef" }));
    expect(text).not.toContain(sha256("0123456789abcdef"));
    expect(text).toContain("role: viewer");
  });

  it("gives settings that mean the same", () => {
    const flags = [
      "--port=1",
      "--linger=2m",
      "--public-url=https://x.example/",
      "--clock-start=2026-01-06T12:00:00Z",
    ];
    const read = config([
      ...flags,
      "--demo-frozen-at=30s",
      "--log-format=json",
      "--allow-origin=https://y.example",
    ]);
    expect(config(["--config", file(printConfig(read), "printed.yaml")])).toEqual(read);
  });
});

it("every setting has a flag and a variable of its own", () => {
  expect(new Set(settingNames.map(flagOf)).size).toBe(settingNames.length);
  expect([flagOf("publicUrl"), variableOf("publicUrl")]).toEqual(["--public-url", "SPILLWAY_PUBLIC_URL"]);
});
