import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import { readSnapshotBody } from "#protocol/snapshot-message.ts";
import { readCommands } from "#simulation/plan/read-commands.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

import type { DrillFrames, Scenario, ScenarioTitle } from "./drill-frames.ts";

/** As much of the browser's fetch as is used here. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface HttpFramesOptions {
  /** The page's base address: document.baseURI. Everything lives beside the page. */
  readonly base: string;
  readonly fetch: Fetch;
}

/** More scenarios than anybody offers. */
const mostScenarios = 1_000;

const unreachable = "The server cannot be reached.";
const unreadable =
  "The server's answer cannot be read; it may be of another version than this page. Reload it.";

/** Start frames and scenarios as the server of the page keeps them. */
export function httpFrames({ base, fetch }: HttpFramesOptions): DrillFrames {
  let token: string | undefined;

  async function ask(path: string, init: RequestInit = {}): Promise<Result<unknown, string>> {
    const authorization: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(new URL(path, base), {
        ...init,
        headers: {
          ...(init.body === undefined ? {} : { "content-type": "application/json" }),
          ...authorization,
        },
      });
    } catch {
      return err(unreachable);
    }
    try {
      body = await response.json();
    } catch {
      body = undefined;
    }
    if (response.ok) return ok(body);
    return err(saidIn(body) ?? `The server answered ${response.status}.`);
  }

  return {
    authorize: (next) => {
      token = next;
    },
    freeze: async (feed, at) => {
      const path = `api/feeds/${encodeURIComponent(feed)}/frames`;
      const answer = await ask(path, { method: "POST", body: JSON.stringify({ at }) });
      if (!answer.ok) return answer;
      const { hash, at: keptAt } = isJsonObject(answer.value) ? answer.value : {};
      if (typeof hash !== "string") return err(unreadable);
      return keptAt === at ? ok(hash) : err("The server has no frame of this very moment.");
    },
    fetch: async (hash) => {
      const answer = await ask(`api/frames/${encodeURIComponent(hash)}`);
      if (!answer.ok) return answer;
      const frame = readSnapshotBody(answer.value);
      return frame.ok ? frame : err(`The frame cannot be read: ${frame.error.what}.`);
    },
    scenarios: async () => {
      const answer = await ask("api/scenarios");
      return answer.ok ? readTitles(answer.value) : answer;
    },
    scenario: async (name) => {
      const answer = await ask(`api/scenarios/${encodeURIComponent(name)}`);
      return answer.ok ? readScenario(answer.value) : answer;
    },
  };
}

/** What the server says when it says no: {"error": {"message": "..."}}. */
export function saidIn(body: unknown): string | undefined {
  const error = isJsonObject(body) ? body["error"] : undefined;
  const message = isJsonObject(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : undefined;
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
