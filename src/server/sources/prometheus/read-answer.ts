import { setImmediate } from "node:timers/promises";

import { isJsonObject } from "#base/json.ts";

import { SeriesCutter, type CutSeries } from "./series-cutter.ts";

/** What an answer says beside its series. */
export interface AnswerHead {
  readonly resultType: string;
  readonly warnings: readonly string[];
  readonly series: number;
}

/** The answer cannot be read; the message is a sentence. */
export class UnreadableAnswer extends Error {}

/** So many characters are read at a time, a few milliseconds' work; then others have their turn. */
const usualSliceLength = 256 * 1024;

/**
 * Reads an answer of Prometheus' API without holding up the event loop: the series are cut out by their brackets and handed on one by one, what is left is parsed as
 * a whole. `take` is called with the place of each series in the text, and with undefined for what stands among them and is none.
 * @throws UnreadableAnswer when it is no such answer.
 */
export async function readAnswer(
  text: string,
  take: (series: CutSeries | undefined) => void,
  sliceLength = usualSliceLength,
): Promise<AnswerHead> {
  const cut = new SeriesCutter(text);
  let series = 0;
  let nextTurnAt = sliceLength;
  while (cut.next()) {
    take(cut);
    series += 1;
    if (cut.to < nextTurnAt) continue;
    nextTurnAt = cut.to + sliceLength;
    await setImmediate();
  }
  for (let i = 0; i < cut.strays; i += 1) take(undefined);
  return headOf(cut.rest(), series);
}

/** @throws UnreadableAnswer when it is no JSON. */
export function parseSeries({ text, from, to }: CutSeries): unknown {
  try {
    return JSON.parse(text.slice(from, to));
  } catch {
    throw new UnreadableAnswer("its series are not JSON");
  }
}

function headOf(text: string, series: number): AnswerHead {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UnreadableAnswer("it is not JSON");
  }
  if (!isJsonObject(content)) throw new UnreadableAnswer("it is not an object");
  const { status, data, warnings } = content;
  if (status !== "success") throw new UnreadableAnswer("its status is not success");
  if (!isJsonObject(data) || typeof data["resultType"] !== "string")
    throw new UnreadableAnswer("it has no data with a resultType");
  const { resultType, result } = data;
  if (!Array.isArray(result)) throw new UnreadableAnswer("it has no list of results");
  const texts = Array.isArray(warnings) ? warnings.filter((one) => typeof one === "string") : [];
  return { resultType, warnings: texts, series };
}
