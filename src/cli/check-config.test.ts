import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, expect, it } from "vitest";

import { temporaryFolder } from "#testing/store-fixture.ts";

import { runCheckConfig } from "./check-config.ts";
import { runCommand } from "./run-command.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

function io() {
  const texts = { out: "", err: "" };
  return {
    texts,
    out: (text: string) => void (texts.out += text),
    err: (text: string) => void (texts.err += text),
    readFile: () => Promise.reject(new Error("no file is read")),
  };
}

function check(content: string, environment = {}) {
  const path = join(folder.path, "spillway.yaml");
  writeFileSync(path, content);
  const seen = io();
  return { code: runCheckConfig([path], environment, seen), ...seen.texts, path };
}

it("says that all is well, and what would be shown", () => {
  const { code, out } = check("port: 4000\nsource: demo\n");
  expect([code, out.endsWith("all is well. It shows demo.\n")]).toEqual([0, true]);
});

it("tells every mistake at once, each with its line and what to write", () => {
  const { code, out, path } = check("prot: 4000\nkeep: long\nlogLevel: ${LEVEL}\n");
  expect(code).toBe(1);
  expect(out).toContain("3 mistakes");
  expect(out).toContain(`${path}:1: prot: there is no setting "prot". Did you mean port?`);
  expect(out).toContain(`${path}:2: keep: write a time`);
  expect(out).toContain(`${path}:3: logLevel: the variable LEVEL is not set.`);
});

it("wants one file", () => {
  const seen = io();
  expect(runCheckConfig([], {}, seen)).toBe(3);
  expect(seen.texts.err).toContain("Usage: spillway check-config FILE");
});

it("a dry run prints the first graph of every feed, and stops", async () => {
  const seen = io();
  expect(await runCommand(["serve", "--dry-run", "--source", "demo", "--seed", "7"], seen)).toBe(0);
  expect(seen.texts.out).toContain("demo: can be drawn");
  expect(seen.texts.out).toContain("us-east-1");
});
