import { spawn, type ChildProcess } from "node:child_process";

import { afterAll, afterEach, describe, expect, it } from "vitest";

import { packageRoot } from "#server/package-root.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";
import { until } from "#testing/turns.ts";

import type { CliIo } from "./cli-io.ts";
import { runCommand } from "./run-command.ts";

const root = packageRoot();
let children: ChildProcess[] = [];
const state = temporaryFolder();

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
});

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: "", err: "" };
  const io: CliIo = {
    out: (text) => void (texts.out += text),
    err: (text) => void (texts.err += text),
    readFile: () => Promise.reject(new Error("no file is read")),
  };
  const code = await runCommand(argv, io);
  return { code, ...texts };
}

/** The program itself, from its sources, with its output so far. */
function program(...argv: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...argv], {
    cwd: root,
    env: { ...process.env, XDG_STATE_HOME: state.path },
  });
  children.push(child);
  const seen = { text: "", code: undefined as number | null | undefined };
  child.stdout.on("data", (chunk: Buffer) => void (seen.text += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => void (seen.text += chunk.toString("utf8")));
  child.on("exit", (code) => {
    seen.code = code;
  });
  return { child, seen };
}

afterAll(() => state.remove());

describe("the command line", () => {
  it.each<[string, readonly string[], number, string]>([
    ["nothing", [], 0, "spillway serve [flags]"],
    ["help", ["help"], 0, "To begin: spillway serve --open"],
    ["the flags", ["serve", "--help"], 0, "--public-url URL"],
    ["the version", ["--version"], 0, "0."],
    ["the settings", ["serve", "--port=1", "--print-config"], 0, "port: 1"],
    ["a token", ["token", "operator"], 0, "SPILLWAY_TOKENS=operator:sha256:"],
  ])("answers to %s", async (_, argv, code, text) => {
    const result = await run(...argv);
    expect([result.code, result.out.includes(text), result.err]).toEqual([code, true, ""]);
  });

  it.each<[string, readonly string[], string]>([
    ["an unknown command", ["serv"], "There is no command serv. Did you mean serve?"],
    ["an unknown flag", ["serve", "--prt=1"], "There is no flag --prt. Did you mean --port?"],
    ["an unknown source", ["serve", "--source=kafka"], 'There is no source "kafka".'],
    ["an unknown role", ["token", "king"], "There is no role king."],
  ])("ends with 3 and a remedy for %s", async (_, argv, text) => {
    const result = await run(...argv);
    expect([result.code, result.err.includes(text), result.out]).toEqual([3, true, ""]);
  });
});

describe("the program", () => {
  it("says where it is, serves the demo, and stops with 0 when it is told to", async () => {
    const { child, seen } = program("serve", "--port=0");
    await until(() => seen.text.includes("Spillway is at"), "the address");
    const url = /"url":"([^"]+)"/.exec(seen.text)?.[1] ?? "";
    const ready = await (await fetch(`${url}readyz`)).text();
    expect(ready).toContain('"feed":"demo"');
    child.kill("SIGTERM");
    await until(() => seen.code !== undefined, "the end");
    expect(seen.code).toBe(0);
  });

  it("stops at once with the second signal", async () => {
    const { child, seen } = program("serve", "--port=0", "--drain=5s");
    await until(() => seen.text.includes("Spillway is at"), "the address");
    child.kill("SIGINT");
    await until(() => seen.text.includes("Stopping"));
    child.kill("SIGINT");
    await until(() => seen.code !== undefined, "the end");
    expect(seen.code).toBe(1);
  });

  it("says that a port is in use", async () => {
    const first = program("serve", "--port=0");
    await until(() => first.seen.text.includes("Spillway is at"), "the address");
    const port = /:(\d+)\//.exec(first.seen.text)?.[1] ?? "";
    const second = program("serve", `--port=${port}`);
    await until(() => second.seen.code !== undefined, "the end");
    expect([second.seen.code, second.seen.text]).toEqual([
      3,
      expect.stringContaining(`Port ${port} is in use`),
    ]);
  });
});
