import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { parseArgs } from "node:util";

import { parse as parseYaml } from "yaml";

import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

import { didYouMean } from "./nearest-name.ts";
import { configSchema, type ServerConfig } from "./server-config.ts";
import { flagOf, settingNames, settings, variableOf, type SettingName } from "./settings.ts";
import { stateFolder } from "./state-folder.ts";

/** What was asked for cannot be. Each is a sentence that names the place and the remedy. */
export interface ConfigFault {
  readonly kind: "config";
  readonly messages: readonly string[];
}

/** Values as they were written, with the place where each was found: a later layer replaces an earlier one. */
class Layers {
  readonly values: Record<string, unknown> = {};
  readonly places = new Map<string, string>();
  readonly faults: string[] = [];

  set(name: string, value: unknown, place: string): void {
    this.values[name] = value;
    this.places.set(name, place);
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
  if (typeof file === "string") addFile(layers, file);
  addEnvironment(layers, environment);
  for (const [name, value] of Object.entries(flags.value)) {
    if (name !== "config") layers.set(name, value, flagOf(name));
  }
  const read = configSchema.safeParse(layers.values);
  const messages = [...layers.faults];
  if (!read.success) {
    for (const issue of read.error.issues) {
      if (issue.code === "unrecognized_keys") continue;
      const [name = "", ...rest] = issue.path.map(String);
      const place = [layers.places.get(name) ?? name, ...rest].join(".");
      messages.push(`${place}: ${issue.message}.`);
    }
  }
  if (read.success && messages.length === 0) return ok(read.data);
  return err({ kind: "config", messages });
}

/** The flags of `argv`, by the names of the settings; `config` is the file's path. */
function parseFlags(argv: readonly string[]): Result<Readonly<Record<string, unknown>>, ConfigFault> {
  const known = settingNames.filter((name) => !("isSecret" in settings[name]));
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

function addFile(layers: Layers, path: string): void {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    layers.faults.push(`--config: ${path} cannot be read.`);
    return;
  }
  let content: unknown;
  try {
    // JSON is YAML: one reader for both.
    content = parseYaml(text) ?? {};
  } catch (error: unknown) {
    layers.faults.push(`${path}: ${error instanceof Error ? error.message : "it is not YAML"}.`);
    return;
  }
  if (!isJsonObject(content)) {
    layers.faults.push(`${path}: it holds no settings; write "name: value" lines.`);
    return;
  }
  for (const [name, value] of Object.entries(content)) {
    if (isSetting(name)) layers.set(name, value, `${path}: ${name}`);
    else layers.faults.push(`${path}: there is no setting "${name}".${didYouMean(name, settingNames)}`);
  }
}

function addEnvironment(layers: Layers, environment: Readonly<Record<string, string | undefined>>): void {
  const names = new Map(settingNames.map((name) => [variableOf(name), name]));
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
