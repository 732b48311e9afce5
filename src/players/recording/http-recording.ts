import type { Dispose } from "#base/disposer.ts";
import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import { markKinds, type Mark, type OverviewBin } from "#protocol/recording/overview.ts";

import { saidIn, unreadable as cannotRead, type HttpOptions } from "../http-json.ts";
import type {
  Answer,
  GroupBody,
  GroupInfo,
  GroupList,
  RecordingFault,
  RecordingOverview,
  RecordingSource,
  Stretch,
} from "./recording-source.ts";

type Read<T> = (text: string) => Result<T, RecordingFault>;
type Take<T> = (response: Response) => Promise<Result<T, RecordingFault>>;

/** Longer answers than any server gives. */
const mostRows = 10_000;

function kindOf(status: number): RecordingFault["kind"] {
  // A recording that is not there, or a group that is damaged or no longer kept.
  if (status === 404 || status === 410) return "none";
  return status === 413 ? "tooMuch" : "failed";
}

/** The past as the server of the page keeps it. */
export function httpRecording({ base, fetch }: HttpOptions): RecordingSource {
  let token: string | undefined;

  function ask<T>(path: string, read: Read<T>, answer: Answer<T>): Dispose {
    return load(path, async (response) => read(await response.text()), answer);
  }

  function load<T>(path: string, take: Take<T>, answer: Answer<T>): Dispose {
    const stop = new AbortController();
    const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
    void get(new URL(path, base), { headers, signal: stop.signal }, take).then((result) => {
      if (!stop.signal.aborted) answer(result);
    });
    return () => stop.abort();
  }

  async function get<T>(url: URL, init: RequestInit, take: Take<T>): Promise<Result<T, RecordingFault>> {
    try {
      const response = await fetch(url, init);
      if (response.ok) return await take(response);
      const { status } = response;
      const said = saidIn(jsonOf(await response.text()));
      return err({ kind: kindOf(status), message: said ?? `The server answered ${status}.` });
    } catch {
      return err({ kind: "failed", message: "The server cannot be reached." });
    }
  }

  return {
    overview: (feed, { stretch, bins }, answer) => {
      const part = stretch === undefined ? "" : `&${queryOf(stretch)}`;
      return ask(`${pathOf(feed)}?bins=${bins}${part}`, readOverview, answer);
    },
    groups: (feed, stretch, answer) => ask(`${pathOf(feed)}/groups?${queryOf(stretch)}`, readGroups, answer),
    groupText: (feed, { epoch, first }, answer) =>
      // Browsers keep closed groups; those of another epoch have the same numbers.
      load(`${pathOf(feed)}/groups/${first}?epoch=${encodeURIComponent(epoch)}`, bytesOf, answer),
    authorize: (next) => {
      token = next;
    },
  };
}

async function bytesOf(response: Response): Promise<Result<GroupBody, RecordingFault>> {
  return ok(await response.arrayBuffer());
}

function pathOf(feed: string): string {
  return `api/feeds/${encodeURIComponent(feed)}/recording`;
}

function queryOf({ from, to }: Stretch): string {
  return `from=${from}&to=${to}`;
}

const unreadable: Result<never, RecordingFault> = err({ kind: "failed", message: cannotRead });

function readOverview(text: string): Result<RecordingOverview, RecordingFault> {
  const body = jsonOf(text);
  if (!isJsonObject(body)) return unreadable;
  const { start, end, from, to, stepMs, bins, marks } = body;
  if (!isNumber(from) || !isNumber(to) || !isNumber(stepMs) || !Array.isArray(bins) || !Array.isArray(marks))
    return unreadable;
  return ok({
    range: isNumber(start) && isNumber(end) ? { from: start, to: end } : undefined,
    stretch: { from, to },
    stepMs,
    bins: bins.slice(0, mostRows).flatMap(readBin),
    marks: marks.slice(0, mostRows).flatMap(readMark),
  });
}

function readBin(raw: unknown): readonly OverviewBin[] {
  if (!Array.isArray(raw)) return [];
  const [at, frames, total, warning, danger, worst, latency, notices, simulated] = raw.map(numberIn);
  if (at === undefined || frames === undefined || total === undefined) return [];
  return [
    {
      at,
      frames,
      total,
      warning: warning ?? 0,
      danger: danger ?? 0,
      worst: worst ?? 0,
      latencyMs: latency,
      notices: notices ?? 0,
      isSimulated: simulated === 1,
    },
  ];
}

function readMark(raw: unknown): readonly Mark[] {
  const { at, kind } = isJsonObject(raw) ? raw : {};
  if (!isNumber(at)) return [];
  const known = markKinds.find((one) => one === kind);
  return known === undefined ? [] : [{ at, kind: known }];
}

function readGroups(text: string): Result<GroupList, RecordingFault> {
  const body = jsonOf(text);
  const { epoch, groups } = isJsonObject(body) ? body : {};
  if (typeof epoch !== "string" || !Array.isArray(groups)) return unreadable;
  return ok({ epoch, groups: groups.slice(0, mostRows).flatMap(readGroupInfo) });
}

function readGroupInfo(raw: unknown): readonly GroupInfo[] {
  if (!Array.isArray(raw)) return [];
  const [first, last, start, end] = raw.map(numberIn);
  if (first === undefined || last === undefined || start === undefined || end === undefined) return [];
  return [{ first, last, start, end }];
}

function numberIn(raw: unknown): number | undefined {
  return isNumber(raw) ? raw : undefined;
}

function isNumber(raw: unknown): raw is number {
  return typeof raw === "number" && Number.isFinite(raw);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
