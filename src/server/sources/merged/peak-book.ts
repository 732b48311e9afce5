import { existsSync, readFileSync, renameSync } from "node:fs";

import { isJsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import { limits } from "#domain/limits.ts";
import type { RecordedPeaks } from "#domain/observed/place-capacities.ts";
import { measureNode, subjectsOf } from "#domain/observed/threshold-subjects.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";

import { writeWhole } from "../../write-whole.ts";

export interface PeakWatch {
  /** The file could not be read; it was renamed. */
  readonly onSetAside: (file: string, as: string) => void;
  readonly onUnwritten: (error: unknown) => void;
}

const dayMs = 86_400_000;

/** What has changed is written at most so often: a crash costs the peaks of a minute. Nodes that have been watched long enough are looked for as often. */
const writeEveryMs = 60_000;

/** Before a node has been watched through a day, its peak is what flows now, and says nothing: it would look full from the first moment on. */
const watchedMs = dayMs;

interface Entry {
  readonly path: readonly string[];
  /** When it was seen for the first time. */
  readonly since: Millis;
  /** Greatest requests per second, by the day since 1970. */
  readonly days: Map<number, number>;
}

/** The greatest volume of every region and service on each of the last days. */
export class PeakBook {
  readonly #keptDays: number;
  readonly #entries = new Map<string, Entry>();
  #today = NaN;
  #now: Millis = -Infinity;
  #listedAt: Millis = -Infinity;
  #list: RecordedPeaks | undefined;
  #file: { readonly path: string; readonly watch: PeakWatch } | undefined;
  #isChanged = false;
  #writtenAt: Millis = -Infinity;
  #writing: Promise<void> = Promise.resolve();

  constructor(keepMs: number) {
    this.#keptDays = Math.max(1, Math.round(keepMs / dayMs));
  }

  /** Of nodes that have been watched for a day at least. */
  get peaks(): RecordedPeaks {
    if (this.#list !== undefined && this.#now - this.#listedAt < writeEveryMs) return this.#list;
    this.#listedAt = this.#now;
    this.#list = {
      from: `peak of ${this.#keptDays} ${this.#keptDays === 1 ? "day" : "days"}`,
      peaks: [...this.#entries.values()]
        .filter(({ since }) => this.#now - since >= watchedMs)
        .map(({ path, days }) => ({ path, rps: Math.max(...days.values()) })),
    };
    return this.#list;
  }

  observe(snapshot: TrafficSnapshot): void {
    this.#now = snapshot.at;
    const day = Math.floor(snapshot.at / dayMs);
    if (day !== this.#today) this.#begin(day);
    const { through } = nodeVolumes(snapshot);
    for (const { node, region, service } of subjectsOf(snapshot.topology)) {
      const path = [region, service].filter((name) => name !== undefined);
      const { volume } = measureNode(snapshot, through, node);
      if (volume > 0) this.#raise({ path, since: snapshot.at }, day, volume);
    }
    if (this.#isChanged && snapshot.at - this.#writtenAt >= writeEveryMs) {
      this.#writtenAt = snapshot.at;
      void this.save();
    }
  }

  /** Goes on with what the file holds, and keeps it there from now on. */
  keepIn(path: string, watch: PeakWatch): void {
    this.#file = { path, watch };
    if (!existsSync(path)) return;
    const entries = read(path);
    if (entries === undefined) {
      renameSync(path, `${path}.damaged`);
      watch.onSetAside(path, `${path}.damaged`);
      return;
    }
    for (const { days, ...entry } of entries) {
      for (const [day, rps] of days) this.#raise(entry, day, rps);
    }
    this.#isChanged = false;
  }

  /** Writes what has changed. Never rejects. */
  save(): Promise<void> {
    const file = this.#file;
    if (file === undefined || !this.#isChanged) return this.#writing;
    this.#isChanged = false;
    const peaks = [...this.#entries.values()].map(({ path, since, days }) => ({
      path,
      since,
      days: [...days],
    }));
    const text = `${JSON.stringify({ version: 1, peaks })}\n`;
    this.#writing = this.#writing
      .then(() => writeWhole(file.path, text))
      .catch((error: unknown) => {
        this.#isChanged = true;
        file.watch.onUnwritten(error);
      });
    return this.#writing;
  }

  #raise(seen: Omit<Entry, "days">, day: number, rps: number): void {
    const key = JSON.stringify(seen.path);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      if (this.#entries.size >= limits.nodes) return;
      entry = { ...seen, days: new Map() };
      this.#entries.set(key, entry);
    }
    if ((entry.days.get(day) ?? 0) >= rps) return;
    entry.days.set(day, rps);
    this.#isChanged = true;
    this.#list = undefined;
  }

  /** Days that are too long ago are forgotten, and nodes that had traffic on no other. */
  #begin(today: number): void {
    this.#today = today;
    this.#list = undefined;
    for (const [key, { days }] of this.#entries) {
      for (const day of days.keys()) if (day <= today - this.#keptDays) days.delete(day);
      if (days.size === 0) this.#entries.delete(key);
    }
  }
}

function read(path: string): readonly Entry[] | undefined {
  try {
    const raw: unknown = JSON.parse(readFileSync(path, "utf8"));
    const list: unknown = isJsonObject(raw) && raw["version"] === 1 ? raw["peaks"] : undefined;
    if (!Array.isArray(list)) return undefined;
    const entries = list.map(readEntry);
    return entries.every((entry) => entry !== undefined) ? entries : undefined;
  } catch {
    return undefined;
  }
}

function readEntry(raw: unknown): Entry | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { path, since, days } = raw;
  if (!Array.isArray(path) || typeof since !== "number" || !Array.isArray(days)) return undefined;
  const names = path.filter((name: unknown) => typeof name === "string");
  if (names.length === 0 || names.length !== path.length || names.length > 2) return undefined;
  const kept = days.flatMap((item: unknown): [number, number][] => {
    const [day, rps] = Array.isArray(item) ? [item.at(0) as unknown, item.at(1) as unknown] : [];
    return typeof day === "number" && typeof rps === "number" && rps > 0 ? [[day, rps]] : [];
  });
  return { path: names, since, days: new Map(kept) };
}
