import { isJsonObject } from "#base/json.ts";
import type { FlowMode } from "#scene/flow-scale.ts";

/** What a person has chosen about looks and behaviour; kept on this machine, and never sent anywhere. */
export interface Settings {
  readonly theme: "system" | "dark" | "light";
  readonly contrast: "system" | "usual" | "high";
  readonly motion: "system" | "full" | "reduced";
  readonly labels: boolean;
  readonly legend: boolean;
  readonly timeline: boolean;
  /** Times of the past in UTC instead of this machine's zone. */
  readonly utc: boolean;
  readonly flowMode: FlowMode;
  /** Multiplies the number of dots. */
  readonly density: number;
  /** Whether single letters act as commands. Switching it off leaves the keys to assistive technology. */
  readonly singleKeys: boolean;
  readonly engine: "auto" | "webgl2" | "software";
}

export const usualSettings: Settings = {
  theme: "system",
  contrast: "system",
  motion: "system",
  labels: true,
  legend: true,
  timeline: true,
  utc: false,
  flowMode: "linear",
  density: 1,
  singleKeys: true,
  engine: "auto",
};

/** Densities that can be chosen, sparse to dense. */
export const densities: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 4, 8];

/** Every value of the settings that are one of a few, in the order in which they are offered. */
export const settingChoices = {
  theme: ["system", "dark", "light"],
  contrast: ["system", "usual", "high"],
  motion: ["system", "full", "reduced"],
  flowMode: ["linear", "logarithmic"],
  engine: ["auto", "webgl2", "software"],
} as const;

/** Somewhere to keep a text under a name: the browser's localStorage, or a map in tests. Either may refuse. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const storageKey = "spillway.settings";

/** Settings as they were kept; whatever is missing or not understood is as usual. */
export function readSettings(storage: KeyValueStorage): Settings {
  const kept = readJson(storage, storageKey);
  if (!isJsonObject(kept)) return usualSettings;
  return {
    theme: oneOf(settingChoices.theme, kept["theme"], usualSettings.theme),
    contrast: oneOf(settingChoices.contrast, kept["contrast"], usualSettings.contrast),
    motion: oneOf(settingChoices.motion, kept["motion"], usualSettings.motion),
    flowMode: oneOf(settingChoices.flowMode, kept["flowMode"], usualSettings.flowMode),
    engine: oneOf(settingChoices.engine, kept["engine"], usualSettings.engine),
    labels: flag(kept["labels"], usualSettings.labels),
    legend: flag(kept["legend"], usualSettings.legend),
    timeline: flag(kept["timeline"], usualSettings.timeline),
    utc: flag(kept["utc"], usualSettings.utc),
    singleKeys: flag(kept["singleKeys"], usualSettings.singleKeys),
    density: densities.find((density) => density === kept["density"]) ?? usualSettings.density,
  };
}

export function writeSettings(storage: KeyValueStorage, settings: Settings): void {
  writeJson(storage, storageKey, settings);
}

/** The value under a key, undefined where there is none, where it is not JSON, or where the browser refuses to say. */
export function readJson(storage: KeyValueStorage, key: string): unknown {
  try {
    const text = storage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a value; a full or forbidden storage keeps nothing, which costs comfort and nothing else. */
export function writeJson(storage: KeyValueStorage, key: string, value: unknown): boolean {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function oneOf<T extends string>(known: readonly T[], value: unknown, otherwise: T): T {
  return known.find((choice) => choice === value) ?? otherwise;
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}
