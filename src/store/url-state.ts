import { isoTime, readIsoTime } from "#base/iso-time.ts";
import type { Millis } from "#base/time.ts";
import type { ItemRef, NodePath } from "#domain/node-path.ts";
import { replaySpeeds } from "#players/replay-control.ts";
import type { Camera } from "#scene/camera.ts";
import { zoomLimits } from "#scene/camera.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";

import type { DrillLink } from "./drill-link.ts";
import { readDrill, writeDrill } from "./drill-url.ts";
import { oneOf, type Settings } from "./settings.ts";

/** What of the page stands in its address. Everything is optional: an address without it shows what is usual. */
export interface UrlState {
  readonly focus: NodePath;
  readonly selection: ItemRef | undefined;
  readonly find: string;
  readonly filter: string;
  readonly onlyProblems: boolean;
  readonly isTableOpen: boolean;
  /** Absent while the whole view is shown. */
  readonly camera: Camera | undefined;
  readonly feed: string | undefined;
  readonly isKiosk: boolean;
  readonly rotateMs: number | undefined;
  readonly fps: number | undefined;
  readonly drill: DrillLink | undefined;
  /** What is wrong with what the address says of a drill; never written. */
  readonly drillFault: DrillFault | undefined;
  /** A moment of the past; undefined: what is live. */
  readonly replay: ReplayLink | undefined;
  /** Name of a file that is shown: the address cannot carry more of it. */
  readonly clip: string | undefined;
  /** The moment that the one on screen is compared with. */
  readonly compare: Millis | undefined;
  /** Name of a drill that the server has prepared. */
  readonly scenario: string | undefined;
  /** Settings that the address asks for; they hold for this page only and are not kept. */
  readonly settings: Partial<Settings>;
}

/** Which moment of the past is shown, milliseconds since 1970, and how. */
export interface ReplayLink {
  readonly at: Millis;
  readonly speed: number;
  readonly isPaused: boolean;
}

/**
 * The address's query. Names are one parameter each, in order: they may contain any character, so joining them would lose which is which.
 *
 *   ?in=us-east-1&in=checkout     what is entered
 *   &node=cart                    what is selected: a node by name, an edge by both ends
 *   &from=cart&to=store
 *   &find=… &filter=… &problems=1 &table=1 &at=x,y,zoom &feed=… &kiosk=1 &rotate=30s &fps=… &renderer=… &theme=… &scale=log &density=…
 *   &time=2026-11-28T04:00:00Z&speed=4&paused=1   a moment of the past; while a drill runs, the speed is the drill's
 *   &clip=a.spillway.ndjson.gz   the moment is of this file
 *   &compare=2026-11-28T03:00:00Z   the moment that it is compared with
 *   &scenario=… and what drill-url.ts says
 */
export function writeUrl(state: UrlState): string {
  const query = new URLSearchParams();
  for (const name of state.focus) query.append("in", name);
  writeSelection(query, state);
  if (state.find !== "") query.set("find", state.find);
  if (state.filter !== "") query.set("filter", state.filter);
  if (state.onlyProblems) query.set("problems", "1");
  if (state.isTableOpen) query.set("table", "1");
  if (state.camera !== undefined) {
    const { x, y, zoom } = state.camera;
    query.set("at", `${x.toFixed(1)},${y.toFixed(1)},${zoom.toPrecision(4)}`);
  }
  if (state.feed !== undefined) query.set("feed", state.feed);
  if (state.isKiosk) query.set("kiosk", "1");
  if (state.rotateMs !== undefined) query.set("rotate", `${state.rotateMs / 1000}s`);
  if (state.fps !== undefined) query.set("fps", String(state.fps));
  if (state.clip !== undefined) query.set("clip", state.clip);
  if (state.scenario !== undefined) query.set("scenario", state.scenario);
  if (state.drill !== undefined) writeDrill(query, state.drill);
  if (state.replay !== undefined) writeReplay(query, state.replay, state.drill?.run !== undefined);
  if (state.compare !== undefined) query.set("compare", isoTime(Math.ceil(state.compare)));
  const { settings } = state;
  if (settings.engine !== undefined) query.set("renderer", settings.engine);
  if (settings.theme !== undefined) query.set("theme", settings.theme);
  if (settings.motion !== undefined) query.set("motion", settings.motion);
  if (settings.contrast !== undefined) query.set("contrast", settings.contrast);
  if (settings.flowMode !== undefined)
    query.set("scale", settings.flowMode === "logarithmic" ? "log" : "linear");
  if (settings.density !== undefined) query.set("density", String(settings.density));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

function writeReplay(query: URLSearchParams, { at, speed, isPaused }: ReplayLink, isDrilled: boolean): void {
  // Upwards: the frame of this very moment must not become the one before.
  query.set("time", isoTime(Math.ceil(at)));
  if (isDrilled) return;
  if (speed !== 1) query.set("speed", String(speed));
  if (isPaused) query.set("paused", "1");
}

function readReplay(query: URLSearchParams, isDrilled: boolean): ReplayLink | undefined {
  const at = readIsoTime(query.get("time") ?? "");
  if (at === undefined) return undefined;
  if (isDrilled) return { at, speed: 1, isPaused: true };
  const speed = Number(query.get("speed"));
  return {
    at,
    speed: replaySpeeds.find((one) => one === speed) ?? 1,
    isPaused: query.get("paused") === "1",
  };
}

/** A selection is told by names inside what is entered; the entered node itself by `node=.`. */
function writeSelection(query: URLSearchParams, { focus, selection }: UrlState): void {
  if (selection === undefined) return;
  const path = selection.kind === "node" ? selection.path : selection.parent;
  const depth = path.length - (selection.kind === "node" ? 1 : 0);
  // Neighbours of an entered service are its siblings: their parent is one level up.
  if (depth === focus.length - 1) query.set("beside", "1");
  if (selection.kind === "node") query.set("node", selection.path.at(-1) ?? ".");
  else {
    query.set("from", selection.source);
    query.set("to", selection.target);
  }
}

/** Reads an address; whatever it says that makes no sense is as if it were not there. */
export function readUrl(search: string): UrlState {
  const query = new URLSearchParams(search);
  const focus = query.getAll("in");
  const drill = readDrill(query);
  return {
    focus,
    selection: readSelection(query, focus),
    find: query.get("find") ?? "",
    filter: query.get("filter") ?? "",
    onlyProblems: query.get("problems") === "1",
    isTableOpen: query.get("table") === "1",
    camera: readCamera(query.get("at")),
    feed: query.get("feed") ?? undefined,
    isKiosk: query.get("kiosk") === "1",
    rotateMs: readDuration(query.get("rotate")),
    fps: readNumber(query.get("fps"), 1, 240),
    drill: drill.ok ? drill.value : undefined,
    drillFault: drill.ok ? undefined : drill.error,
    replay: readReplay(query, drill.ok && drill.value?.run !== undefined),
    clip: query.get("clip") ?? undefined,
    compare: readIsoTime(query.get("compare") ?? ""),
    scenario: query.get("scenario") ?? undefined,
    settings: readUrlSettings(query),
  };
}

/** Whether the address asks for a comparison with something that is no moment. */
export function namesNoMoment(search: string): boolean {
  const text = new URLSearchParams(search).get("compare");
  return text !== null && readIsoTime(text) === undefined;
}

function readSelection(query: URLSearchParams, focus: NodePath): ItemRef | undefined {
  const parent = query.get("beside") === "1" ? focus.slice(0, -1) : focus;
  const node = query.get("node");
  const source = query.get("from");
  const target = query.get("to");
  if (source !== null && target !== null) return { kind: "edge", parent, source, target };
  if (node === null) return undefined;
  return { kind: "node", path: [...parent, node] };
}

function readCamera(text: string | null): Camera | undefined {
  const [x, y, zoom] = (text ?? "").split(",").map(Number);
  if (x === undefined || y === undefined || zoom === undefined || ![x, y, zoom].every(Number.isFinite))
    return undefined;
  return zoom >= zoomLimits.least && zoom <= zoomLimits.most ? { x, y, zoom } : undefined;
}

/** "30s", "2m" or a number of seconds, at least 2 s, in milliseconds. */
function readDuration(text: string | null): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m)?$/.exec(text ?? "") ?? [];
  if (amount === undefined) return undefined;
  return Math.max(2_000, Number(amount) * (unit === "m" ? 60_000 : 1_000));
}

function readNumber(text: string | null, least: number, most: number): number | undefined {
  const value = text === null || text === "" ? NaN : Number(text);
  return value >= least && value <= most ? value : undefined;
}

function readUrlSettings(query: URLSearchParams): Partial<Settings> {
  const engine = oneOf(["auto", "webgl2", "software", ""] as const, query.get("renderer"), "");
  const theme = oneOf(["dark", "light", "system", ""] as const, query.get("theme"), "");
  const motion = oneOf(["full", "reduced", "system", ""] as const, query.get("motion"), "");
  const contrast = oneOf(["usual", "high", "system", ""] as const, query.get("contrast"), "");
  const scale = query.get("scale");
  const density = readNumber(query.get("density"), 0.01, 16);
  return {
    ...(engine === "" ? {} : { engine }),
    ...(theme === "" ? {} : { theme }),
    ...(motion === "" ? {} : { motion }),
    ...(contrast === "" ? {} : { contrast }),
    ...(scale === "log"
      ? { flowMode: "logarithmic" as const }
      : scale === "linear"
        ? { flowMode: "linear" as const }
        : {}),
    ...(density === undefined ? {} : { density }),
  };
}
