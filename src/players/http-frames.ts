import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import { readSnapshotBody } from "#protocol/snapshot-message.ts";
import { readCommands } from "#simulation/plan/read-commands.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

import type { DrillFrames, Scenario, ScenarioTitle } from "./drill-frames.ts";
import { HttpJson, unreadable, type HttpOptions } from "./http-json.ts";

/** More scenarios than anybody offers. */
const mostScenarios = 1_000;

/** Start frames and scenarios as the server of the page keeps them. */
export function httpFrames(options: HttpOptions): DrillFrames {
  const http = new HttpJson(options);
  return {
    authorize: (token) => http.authorize(token),
    freeze: async (feed, at) => {
      const path = `api/feeds/${encodeURIComponent(feed)}/freeze`;
      const answer = await http.ask(path, { method: "POST", body: JSON.stringify({ at }) });
      if (!answer.ok) return answer;
      const { hash, at: keptAt } = isJsonObject(answer.value) ? answer.value : {};
      if (typeof hash !== "string") return err(unreadable);
      return keptAt === at ? ok(hash) : err("The server has no frame of this very moment.");
    },
    fetch: async (hash) => {
      const answer = await http.ask(`api/frames/${encodeURIComponent(hash)}`);
      if (!answer.ok) return answer;
      const frame = readSnapshotBody(answer.value);
      return frame.ok ? frame : err(`The frame cannot be read: ${frame.error.what}.`);
    },
    scenarios: async () => {
      const answer = await http.ask("api/scenarios");
      return answer.ok ? readTitles(answer.value) : answer;
    },
    scenario: async (name) => {
      const answer = await http.ask(`api/scenarios/${encodeURIComponent(name)}`);
      return answer.ok ? readScenario(answer.value) : answer;
    },
  };
}

function readTitles(body: unknown): Result<readonly ScenarioTitle[], string> {
  if (!Array.isArray(body)) return err(unreadable);
  return ok(
    body.slice(0, mostScenarios).flatMap((item: unknown): ScenarioTitle[] => {
      const { name, title } = isJsonObject(item) ? item : {};
      return typeof name === "string" && typeof title === "string" ? [{ name, title }] : [];
    }),
  );
}

function readScenario(body: unknown): Result<Scenario, string> {
  const { title, plan: rawPlan, commands: rawCommands = [], frame } = isJsonObject(body) ? body : {};
  if (typeof title !== "string" || typeof frame !== "string") return err(unreadable);
  const plan = readPlan(rawPlan);
  const commands = readCommands(rawCommands);
  if (!plan.ok) return err(plan.error.message);
  if (!commands.ok) return err(commands.error.message);
  return ok({ title, plan: plan.value, commands: commands.value, frame });
}
