import type { FastifyInstance } from "fastify";

import { addAlerts, type AlertRoutesOptions } from "./alert-routes.ts";
import { addBookmarks, type BookmarkRoutesOptions } from "./bookmark-routes.ts";
import { addClips, type ClipRoutesOptions } from "./clip-routes.ts";
import { addFrames, type FrameRoutesOptions } from "./frame-routes.ts";
import { openApiDocument } from "./openapi/document.ts";
import { addPush, type PushRoutesOptions } from "./push-routes.ts";
import { addRecordings, type RecordingRoutesOptions } from "./recording-routes.ts";
import { addScenarios, type ScenarioRoutesOptions } from "./scenario-routes.ts";
import { addSources, type SourceRoutesOptions } from "./source-routes.ts";

export type ApiOptions = FrameRoutesOptions &
  ScenarioRoutesOptions &
  RecordingRoutesOptions &
  ClipRoutesOptions &
  BookmarkRoutesOptions &
  SourceRoutesOptions &
  PushRoutesOptions &
  AlertRoutesOptions;

/** Everything under /api. What stands here stands in the OpenAPI document, and the other way round. */
export function addApi(http: FastifyInstance, options: ApiOptions): void {
  addFrames(http, options);
  addScenarios(http, options);
  addRecordings(http, options);
  addClips(http, options);
  addBookmarks(http, options);
  addSources(http, options);
  addPush(http, options);
  addAlerts(http, options);
  http.get("/api/openapi.json", (_request, reply) =>
    reply.header("Cache-Control", "no-cache").send(openApiDocument),
  );
}
