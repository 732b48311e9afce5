import { setImmediate } from "node:timers/promises";

import { isJsonObject } from "#base/json.ts";

/** What an answer says beside its series. */
export interface AnswerHead {
  readonly resultType: string;
  readonly warnings: readonly string[];
  readonly series: number;
}

/** The answer cannot be read; the message is a sentence. */
export class UnreadableAnswer extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The object of the answer, its `data`, and the list of series in it: a series begins one level below. */
const listDepth = 3;

/** Texts of series are parsed this many characters at a time, a few milliseconds' work; then others have their turn. */
const usualSliceLength = 256 * 1024;

/**
 * Reads an answer of Prometheus' API without holding up the event loop: the series are cut out by their brackets and parsed some hundred at a time, what is left is
 * parsed as a whole. `take` is called for each series as it was written.
 * @throws UnreadableAnswer when it is no such answer.
 */
export async function readAnswer(
  text: string,
  take: (series: unknown) => void,
  sliceLength = usualSliceLength,
): Promise<AnswerHead> {
  const cut = new SeriesCutter(text);
  let series = 0;
  for (let slice = cut.next(sliceLength); slice !== undefined; slice = cut.next(sliceLength)) {
    for (const one of parseList(text, slice)) {
      take(one);
      series += 1;
    }
    if (!cut.isDone) await setImmediate();
  }
  return headOf(cut.rest(), series);
}

interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Walks over an answer and finds the series in it, by counting brackets outside of texts. */
class SeriesCutter {
  readonly #text: string;
  /** The parts of the text that are not series. */
  readonly #kept: string[] = [];
  #at = 0;
  #keptTo = 0;
  #depth = 0;
  #isList = false;

  constructor(text: string) {
    this.#text = text;
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Goes on for about so many characters; the series within them, with the commas between them. Undefined at the end. */
  next(length: number): Slice | undefined {
    const text = this.#text;
    const enough = this.#at + length;
    let from = -1;
    let to = -1;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === quote) this.#skipText();
      else if (code === openBrace || code === openBracket) {
        this.#depth += 1;
        if (this.#depth === listDepth) this.#isList = code === openBracket;
        else if (this.#depth === listDepth + 1 && this.#isList && code === openBrace && from < 0)
          from = this.#at;
      } else if (code === closeBrace || code === closeBracket) {
        this.#depth -= 1;
        if (from >= 0 && this.#depth === listDepth) to = this.#at + 1;
      }
      this.#at += 1;
      const isEnough = to === this.#at && this.#at >= enough;
      if (from >= 0 && (isEnough || this.#depth < listDepth)) break;
    }
    if (from < 0) return undefined;
    // A series that is cut off is left to the rest, which is then no JSON.
    if (to < 0) return undefined;
    this.#keep(from);
    this.#keptTo = to;
    // The comma between this slice and the next belongs to neither.
    while (isBetween(text.charCodeAt(this.#keptTo))) this.#keptTo += 1;
    this.#at = Math.max(this.#at, this.#keptTo);
    return { from, to };
  }

  rest(): string {
    this.#keep(this.#text.length);
    return this.#kept.join("");
  }

  #keep(to: number): void {
    this.#kept.push(this.#text.slice(this.#keptTo, to));
    this.#keptTo = to;
  }

  /** To the quote that ends a text: one before which stands an even number of backslashes. */
  #skipText(): void {
    const text = this.#text;
    for (let end = text.indexOf('"', this.#at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
      let first = end;
      while (text.charCodeAt(first - 1) === backslash) first -= 1;
      if ((end - first) % 2 === 0) {
        this.#at = end;
        return;
      }
    }
    this.#at = text.length;
  }
}

/** A comma, or JSON's white space. */
function isBetween(code: number): boolean {
  return code === comma || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function parseList(text: string, { from, to }: Slice): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(`[${text.slice(from, to)}]`);
    return Array.isArray(parsed) ? parsed : [];
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
