import { drillPaths } from "./drill-paths.ts";
import { answer, moment, number, object, text, whole, type Paths } from "./parts.ts";
import { pushPaths } from "./push-paths.ts";
import { recordingPaths } from "./recording-paths.ts";
import { sourcePaths } from "./source-paths.ts";

const own: Paths = {
  "/api/openapi.json": {
    get: {
      summary: "This document",
      tags: ["Document"],
      responses: { "200": answer("OpenAPI 3.1", { type: "object" }) },
    },
  },
};

/** Everything under /api but what browsers report by themselves. docs/openapi.json is the same; a test holds all three to one another. */
export const openApiDocument = {
  openapi: "3.1.0",
  info: {
    title: "Spillway",
    version: "1",
    description:
      "The HTTP side of a Spillway server. Live frames come over the socket (docs/wire.md). Where there are tokens, send Authorization: Bearer TOKEN.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  security: [{}, { token: [] }],
  paths: { ...own, ...recordingPaths, ...sourcePaths, ...pushPaths, ...drillPaths },
  components: {
    securitySchemes: { token: { type: "http", scheme: "bearer" } },
    schemas: {
      Error: object({ error: object({ message: text("A sentence for people that says what to do") }) }),
      Bookmark: object({ id: text(), at: moment(), to: moment("The end of a stretch"), note: text() }, [
        "id",
        "at",
        "note",
      ]),
      ScenarioTitle: object({ name: text(), title: text(), description: text() }),
      Source: object(
        {
          name: text(),
          kind: text("prometheus, otlp ..."),
          state: { type: "string", enum: ["waiting", "ok", "stale", "failed"] },
          at: moment("What its newest data are about"),
          windowMs: number("Length of the window that its rates are averaged over"),
          sampling: number("Share of the traffic that it observes, 0 to 1"),
          error: text("Why it failed last"),
          edges: whole(),
          problems: whole(),
          counts: { type: "object", additionalProperties: { type: "number" } },
        },
        ["name", "kind", "state", "edges", "problems", "counts"],
      ),
    },
  },
} as const;
