import { readFileSync } from "node:fs";
import { join } from "node:path";

import fastify from "fastify";
import { expect, it } from "vitest";

import { ManualClock } from "#testing/manual-clock.ts";

import { FrameStore } from "../../frames/frame-store.ts";
import { packageRoot } from "../../package-root.ts";
import { addApi, type ApiOptions } from "../api-routes.ts";
import { openApiDocument } from "./document.ts";

const clock = new ManualClock();

/** Nothing is asked of what the routes work on. */
const options: ApiOptions = {
  tokens: [],
  origins: { allowed: [], isLocalOnly: true },
  clock,
  feeds: [],
  frames: new FrameStore({ folder: "never-made", greatestFrames: 1, clock, onIgnored: () => {} }),
  recordings: new Map(),
  bookmarks: new Map(),
  mockData: "never-read",
  sources: [],
};

it("holds every route of the API, and nothing else", async () => {
  const http = fastify();
  const routes = new Set<string>();
  http.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== "HEAD") routes.add(`${one.toLowerCase()} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
    }
  });
  addApi(http, options);
  await http.ready();
  const told = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(told.toSorted()).toEqual([...routes].toSorted());
});

it("is the file in docs", () => {
  const file: unknown = JSON.parse(readFileSync(join(packageRoot(), "docs", "openapi.json"), "utf8"));
  expect(file).toEqual(JSON.parse(JSON.stringify(openApiDocument)));
});

it("refers to nothing that it lacks", () => {
  const names = JSON.stringify(openApiDocument).matchAll(/#\/components\/schemas\/(\w+)/g);
  for (const [, name = ""] of names) expect(Object.keys(openApiDocument.components.schemas)).toContain(name);
});
