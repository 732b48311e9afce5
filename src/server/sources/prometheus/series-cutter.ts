const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;

/** The object of the answer, its `data`, and the list of series in it: a series begins one level below. */
const listDepth = 3;

/** Where a series stands in the text of an answer. */
export interface CutSeries {
  readonly text: string;
  readonly from: number;
  /** The end of the first object in it, which is that of its labels; -1: there is none. */
  readonly labelsTo: number;
  readonly to: number;
}

/** Walks over an answer and finds the series in it, by counting brackets outside of texts. Its own fields tell of the series that was found last. */
export class SeriesCutter implements CutSeries {
  readonly text: string;
  from = -1;
  labelsTo = -1;
  to = -1;
  /** How often something stood between the series that is none. */
  strays = 0;
  /** The parts of the text that are not series. */
  readonly #kept: string[] = [];
  #keptTo = 0;
  #at = 0;
  #depth = 0;
  #isList = false;
  /** Where what stands before the next series begins. */
  #gapFrom = -1;
  #hasCut = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes on to the next series; false when there is none any more. */
  next(): boolean {
    const { text } = this;
    let start = -1;
    this.labelsTo = -1;
    for (; this.#at < text.length; this.#at += 1) {
      const code = text.charCodeAt(this.#at);
      if (code === quote) this.#skipText();
      else if (code === openBrace || code === openBracket) {
        this.#depth += 1;
        if (this.#depth === listDepth) {
          this.#isList = code === openBracket;
          this.#gapFrom = this.#at + 1;
          this.#hasCut = false;
        } else if (this.#depth === listDepth + 1 && this.#isList && code === openBrace) start = this.#at;
      } else if (code === closeBrace || code === closeBracket) {
        this.#depth -= 1;
        if (start >= 0 && this.#depth === listDepth + 1 && this.labelsTo < 0) this.labelsTo = this.#at + 1;
        else if (start >= 0 && this.#depth === listDepth) {
          this.#at += 1;
          this.#cut(start, this.#at);
          return true;
        } else if (this.#depth < listDepth && this.#isList) this.#endList();
      }
    }
    return false;
  }

  /** What is left without the series. */
  rest(): string {
    return this.#kept.join("") + this.text.slice(this.#hasCut ? this.#gapFrom : this.#keptTo);
  }

  #cut(from: number, to: number): void {
    if (!this.#hasCut) this.#kept.push(this.text.slice(this.#keptTo, this.#gapFrom));
    this.#passGap(from);
    this.#hasCut = true;
    this.#gapFrom = to;
    this.from = from;
    this.to = to;
  }

  #endList(): void {
    if (this.#hasCut) {
      this.#passGap(this.#at);
      this.#keptTo = this.#at;
    }
    this.#hasCut = false;
    this.#isList = false;
  }

  /** Between series there are commas; anything else is a stray. */
  #passGap(to: number): void {
    for (let at = this.#gapFrom; at < to; at += 1) {
      if (isBetween(this.text.charCodeAt(at))) continue;
      this.strays += 1;
      return;
    }
  }

  /** To the quote that ends a text: one before which stands an even number of backslashes. */
  #skipText(): void {
    const { text } = this;
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
  return code === 0x2c || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
