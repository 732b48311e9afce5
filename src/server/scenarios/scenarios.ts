import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";
import { readCommands } from "#simulation/plan/read-commands.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";

/** What is told of a scenario before somebody opens it. */
export interface ScenarioTitle {
  /** Name of its file without the ending, for addresses. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** A drill that somebody has prepared. */
export interface Scenario extends ScenarioTitle {
  readonly plan: DrillPlan;
  readonly commands: readonly DrillCommand[];
  /** The traffic that it starts from: the same one each time. */
  readonly frame: TrafficSnapshot;
}

/** Nothing else becomes a part of a path: neither what an address names nor what a scenario's file does. */
const scenarioName = /^[a-z0-9][a-z0-9-]{0,63}$/;
const framePath = /^(?:topologies|vizceral)\/[a-z0-9][a-z0-9-]{0,63}\.json$/;

/** The scenarios in `mock-data/scenarios` by their names; a file that cannot be read is told to `onUnreadable` and left out. */
export async function listScenarios(
  mockData: string,
  onUnreadable: (why: string) => void,
): Promise<readonly ScenarioTitle[]> {
  const files = await readdir(join(mockData, "scenarios")).catch(() => []);
  const titles: ScenarioTitle[] = [];
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) {
    if (!file.endsWith(".json")) continue;
    const draft = await readDraft(mockData, file.slice(0, -".json".length));
    if (draft === undefined) onUnreadable(`${file}: names have small letters, digits and dashes only.`);
    else if (!draft.ok) onUnreadable(draft.error);
    else {
      const { name, title, description } = draft.value;
      titles.push({ name, title, description });
    }
  }
  return titles;
}

/** A scenario with the traffic that it starts from; undefined when there is none of that name. The error is a sentence that names the file. */
export async function readScenario(
  mockData: string,
  name: string,
): Promise<Result<Scenario, string> | undefined> {
  const draft = await readDraft(mockData, name);
  if (draft?.ok !== true) return draft;
  const { path, ...rest } = draft.value;
  const frame = await readFrame(mockData, path);
  return frame.ok ? ok({ ...rest, frame: frame.value }) : err(inFile(name, frame.error));
}

/** A scenario of which the traffic has not been read yet. */
interface Draft extends Omit<Scenario, "frame"> {
  readonly path: string;
}

async function readDraft(mockData: string, name: string): Promise<Result<Draft, string> | undefined> {
  if (!scenarioName.test(name)) return undefined;
  let text: string;
  try {
    text = await readFile(join(mockData, "scenarios", `${name}.json`), "utf8");
  } catch {
    return undefined;
  }
  const draft = readText(name, text);
  return draft.ok ? draft : err(inFile(name, draft.error));
}

function inFile(name: string, why: string): string {
  return `scenarios/${name}.json: ${why}`;
}

function readText(name: string, text: string): Result<Draft, string> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error: unknown) {
    return err(`it is not JSON. ${error instanceof Error ? error.message : ""}`);
  }
  const said = isJsonObject(raw) ? raw : {};
  const { title, description = "", frame: path } = said;
  if (typeof title !== "string" || typeof description !== "string") {
    return err("title and description are texts.");
  }
  const plan = readPlan(said["plan"]);
  if (!plan.ok) return err(plan.error.message);
  const commands = readCommands(said["commands"] ?? []);
  if (!commands.ok) return err(commands.error.message);
  if (typeof path !== "string" || !framePath.test(path)) {
    return err('frame is the path of a topology, such as "topologies/three-regions.json".');
  }
  return ok({ name, title, description, plan: plan.value, commands: commands.value, path });
}

async function readFrame(mockData: string, path: string): Promise<Result<TrafficSnapshot, string>> {
  let text: string;
  try {
    text = await readFile(join(mockData, path), "utf8");
  } catch {
    return err(`${path} cannot be read.`);
  }
  // A fixed moment for a file that names none: the frame's address must not change with the hour.
  const parsed = parseVizceral(text, { now: 0 });
  return parsed.ok ? ok(parsed.value.snapshot) : err(`${path}: ${parsed.error.message}`);
}
