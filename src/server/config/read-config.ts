import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { parseArgs } from "node:util";

import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

import { fillVariables } from "./fill-variables.ts";
import { didYouMean } from "./nearest-name.ts";
import { configSchema, type ServerConfig } from "./server-config.ts";
import { flagOf, settingNames, settings, variableOf, type SettingName } from "./settings.ts";
import { stateFolder } from "./state-folder.ts";
import { readYaml, type PlacedYaml } from "./yaml-places.ts";

/** What was asked for cannot be. Each is a sentence that names the place and the remedy. */
export interface ConfigFault {
  readonly kind: "config";
  readonly messages: readonly string[];
}

/** Values as they were written, with the place where each was found: a later layer replaces an earlier one. */
class Layers {
  readonly values: Record<string, unknown> = {};
  /** Where a setting was found; more exactly, where what stands at a path within it was found. */
  readonly places = new Map<string, (path: readonly PropertyKey[]) => string>();
  readonly faults: string[] = [];

  set(name: string, value: unknown, place: string | ((path: readonly PropertyKey[]) => string)): void {
    this.values[name] = value;
    this.places.set(
      name,
      typeof place === "string" ? (path) => [place, ...path.map(String)].join(".") : place,
    );
  }
}

/** Settings from a file, replaced by those of the environment, replaced by the flags. */
export function readConfig(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<ServerConfig, ConfigFault> {
  const flags = parseFlags(argv);
  if (!flags.ok) return flags;
  const layers = new Layers();
  const machine = { platform: process.platform, environment, home: homedir() };
  layers.set("data", stateFolder(machine), "the default of data");
  const file = flags.value["config"] ?? environment["SPILLWAY_CONFIG"];
  if (typeof file === "string") addFile(layers, file, environment);
  addEnvironment(layers, environment);
  for (const [name, value] of Object.entries(flags.value)) {
    if (name !== "config") layers.set(name, value, flagOf(name));
  }
  const read = configSchema.safeParse(layers.values);
  const messages = [...layers.faults];
  if (!read.success) {
    for (const issue of read.error.issues) {
      const [name = "", ...rest] = issue.path;
      // Names of settings were looked at above, with the place of each.
      if (issue.code === "unrecognized_keys" && issue.path.length === 0) continue;
      const place = layers.places.get(String(name))?.(rest) ?? issue.path.map(String).join(".");
      // A text in which a variable is missing is wrong for that reason, whatever else it may look like.
      if (layers.faults.some((told) => told.startsWith(`${place}: `))) continue;
      messages.push(`${place}: ${issue.message}${/[.?!]$/.test(issue.message) ? "" : "."}`);
    }
  }
  if (read.success && messages.length === 0) return ok(read.data);
  return err({ kind: "config", messages });
}

/** The flags of `argv`, by the names of the settings; `config` is the file's path. */
function parseFlags(argv: readonly string[]): Result<Readonly<Record<string, unknown>>, ConfigFault> {
  const known = settingNames.filter(
    (name) => !("isSecret" in settings[name]) && !("isFileOnly" in settings[name]),
  );
  const options = Object.fromEntries(
    known.map((name) => {
      const { kind } = settings[name];
      const type = kind === "switch" ? ("boolean" as const) : ("string" as const);
      return [flagOf(name).slice(2), { type, multiple: kind === "list" }];
    }),
  );
  const allFlags = [...known.map(flagOf), "--config"];
  for (const argument of argv) {
    const [flag = ""] = argument.split("=");
    if (flag === "--tokens")
      return fault(
        "--tokens: tokens do not belong on a command line, where others can read them; use SPILLWAY_TOKENS or the file.",
      );
    if (flag.startsWith("--") && !allFlags.includes(flag)) {
      return fault(`There is no flag ${flag}.${didYouMean(flag, allFlags)} spillway help lists them.`);
    }
  }
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { ...options, config: { type: "string" } },
      strict: true,
      allowPositionals: false,
    });
    const names = new Map([
      ...known.map((name) => [flagOf(name).slice(2), name] as const),
      ["config", "config"] as const,
    ]);
    return ok(
      Object.fromEntries(Object.entries(values).map(([flag, value]) => [names.get(flag) ?? flag, value])),
    );
  } catch (error: unknown) {
    return fault(error instanceof Error ? error.message : String(error));
  }
}

function addFile(
  layers: Layers,
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    layers.faults.push(`--config: ${path} cannot be read.`);
    return;
  }
  let yaml: PlacedYaml;
  try {
    yaml = readYaml(text);
  } catch (error: unknown) {
    layers.faults.push(`${path}: ${error instanceof Error ? error.message : "it is not YAML"}.`);
    return;
  }
  const written = yaml.content ?? {};
  if (!isJsonObject(written)) {
    layers.faults.push(`${path}: it holds no settings; write "name: value" lines.`);
    return;
  }
  const placeOf = (at: readonly PropertyKey[]) => `${path}:${yaml.lineOf(at)}: ${writtenPath(at)}`;
  for (const [name, value] of Object.entries(written)) {
    if (!isSetting(name)) {
      layers.faults.push(
        `${placeOf([name])}: there is no setting "${name}".${didYouMean(name, settingNames)}`,
      );
      continue;
    }
    const filled = fillVariables(value, environment, [name]);
    for (const { path: at, message } of filled.missing) layers.faults.push(`${placeOf(at)}: ${message}.`);
    layers.set(name, filled.content, (rest) => placeOf([name, ...rest]));
  }
}

/** "feeds[0].sources[1].url" */
function writtenPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, depth) => (typeof key === "number" ? `[${key}]` : `${depth === 0 ? "" : "."}${String(key)}`))
    .join("");
}

function addEnvironment(layers: Layers, environment: Readonly<Record<string, string | undefined>>): void {
  const inEnvironment = settingNames.filter((name) => !("isFileOnly" in settings[name]));
  const names = new Map(inEnvironment.map((name) => [variableOf(name), name]));
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || !variable.startsWith("SPILLWAY_") || isForeign(variable, value)) continue;
    const name = names.get(variable);
    const fileName = names.get(variable.replace(/_FILE$/, ""));
    if (name !== undefined) layers.set(name, value, variable);
    else if (fileName !== undefined) addSecretFile(layers, variable, fileName, value);
    else layers.faults.push(`There is no setting ${variable}.${didYouMean(variable, [...names.keys()])}`);
  }
}

function addSecretFile(layers: Layers, variable: string, name: SettingName, path: string): void {
  try {
    layers.set(name, readFileSync(path, "utf8").trim(), variable);
  } catch {
    layers.faults.push(`${variable}: ${path} cannot be read.`);
  }
}

/** Kubernetes sets such variables for a service that is called "spillway". */
function isForeign(variable: string, value: string): boolean {
  const isLinked =
    /^SPILLWAY_(SERVICE_|PORT_)/.test(variable) || (variable === "SPILLWAY_PORT" && value.includes("://"));
  return isLinked || variable === "SPILLWAY_CONFIG";
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

function fault(message: string): Result<never, ConfigFault> {
  return err({ kind: "config", messages: [message] });
}
