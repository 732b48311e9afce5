import type { FastifyInstance } from "fastify";

import type { FrameStore } from "../frames/frame-store.ts";
import { listScenarios, readScenario } from "../scenarios/scenarios.ts";
import { apiError, cannotKeep, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

export interface ScenarioRoutesOptions extends ApiAccess {
  readonly frames: FrameStore;
  /** Folder of mock-data. */
  readonly mockData: string;
}

/** Tells which drills somebody has prepared, and freezes the frame of the one that is asked for. */
export function addScenarios(http: FastifyInstance, options: ScenarioRoutesOptions): void {
  const { frames, mockData } = options;
  const onRequest = onlyWhoMay("watch", options);

  http.get("/api/scenarios", { onRequest }, async (request, reply) => {
    const onUnreadable = (why: string) => request.log.warn(`A scenario is left out. ${why}`);
    const scenarios = await listScenarios(mockData, onUnreadable);
    return reply.header("Cache-Control", "no-cache").send(scenarios);
  });

  http.get<{ Params: { name: string } }>("/api/scenarios/:name", { onRequest }, async (request, reply) => {
    const scenario = await readScenario(mockData, request.params.name);
    if (scenario === undefined) {
      return reply.code(404).send(apiError("There is no such scenario. /api/scenarios lists them."));
    }
    if (!scenario.ok) {
      request.log.warn(`A scenario cannot be opened. ${scenario.error}`);
      return reply.code(500).send(apiError(`The scenario cannot be opened. ${scenario.error}`));
    }
    const { name, title, description, plan, commands, frame } = scenario.value;
    try {
      const hash = await frames.put(frame);
      reply.header("Cache-Control", "no-cache");
      return await reply.send({ name, title, description, plan, commands, frame: hash });
    } catch (error: unknown) {
      request.log.error({ err: error }, "A scenario's frame cannot be kept");
      return reply.code(503).send(apiError(cannotKeep));
    }
  });
}
