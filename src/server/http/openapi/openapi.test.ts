import { readFileSync } from "node:fs";
import { join } from "node:path";

import fastify from "fastify";
import { expect, it } from "vitest";

import { packageRoot } from "../../package-root.ts";
import { addApi, type ApiOptions } from "../api-routes.ts";
import { openApiDocument } from "./document.ts";

/** Nothing is asked of what the routes work on. */
const noOptions = {
  tokens: [],
  origins: { allowed: [], isLocalOnly: true },
  feeds: [],
  recordings: new Map(),
  bookmarks: new Map(),
  sources: [],
} as unknown as ApiOptions;

it("holds every route of the API, and nothing else", () => {
  const http = fastify();
  const routes = new Set<string>();
  http.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== "HEAD") routes.add(`${one.toLowerCase()} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
    }
  });
  addApi(http, noOptions);
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
