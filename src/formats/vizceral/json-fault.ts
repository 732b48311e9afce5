/** The first place where a text stops being one JSON document, and what is wrong there. */
export interface JsonFault {
  /** UTF-16 units from the beginning. */
  readonly offset: number;
  /** Continues "line 3, column 7: ...". */
  readonly problem: string;
}

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

const space = /[\t\n\r ]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /[A-Za-z_$][\w$]*/y;

/**
 * Finds the fault in a text that JSON.parse has refused. Engines word and place their errors differently or not at all, hence a scanner
 * of our own; it keeps its own stack, so that no nesting overflows. Undefined when it sees no fault.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let offset = 0;
  for (;;) {
    offset = endOf(space, text, offset);
    const here = text[offset];
    if (here === undefined) return atEnd(text, offset, expected, open);
    if (expected === "nothing") return { offset, problem: afterDocument(here) };
    if (here === "}" || here === "]") {
      const problem = closingProblem(here, expected, open);
      if (problem !== undefined) return { offset, problem };
      open.pop();
      offset += 1;
    } else if (expected === "comma-or-end" || expected === "colon") {
      if (here !== (expected === "colon" ? ":" : ",")) return { offset, problem: missing(expected, here) };
      expected = expected === "colon" ? "value" : open.at(-1) === "{" ? "key" : "value";
      offset += 1;
      continue;
    } else if (expected === "key" || expected === "key-or-end") {
      if (here !== '"') return { offset, problem: `expected a key in double quotes, found ${shown(here)}` };
      const end = stringEnd(text, offset);
      if (typeof end !== "number") return end;
      offset = end;
      expected = "colon";
      continue;
    } else if (here === "{" || here === "[") {
      open.push(here);
      expected = here === "{" ? "key-or-end" : "value-or-end";
      offset += 1;
      continue;
    } else {
      const end = scalarEnd(text, offset);
      if (typeof end !== "number") return end;
      offset = end;
    }
    expected = open.length === 0 ? "nothing" : "comma-or-end";
  }
}

function endOf(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function scalarEnd(text: string, offset: number): number | JsonFault {
  const here = text[offset] ?? "";
  if (here === '"') return stringEnd(text, offset);
  const end = endOf(number, text, offset);
  if (end > offset) return end;
  const wordEnd = endOf(word, text, offset);
  const found = text.slice(offset, wordEnd);
  if (found === "true" || found === "false" || found === "null") return wordEnd;
  if (found !== "")
    return { offset, problem: `"${found.slice(0, 40)}" is no JSON value (a text needs double quotes)` };
  if (here === "'") return { offset, problem: "a text needs double quotes, not single ones" };
  if (here === "/") return { offset, problem: "JSON has no comments" };
  return { offset, problem: `expected a value, found ${shown(here)}` };
}

/** The offset behind a string that begins at `offset`. */
function stringEnd(text: string, offset: number): number | JsonFault {
  for (let i = offset + 1; i < text.length; i += 1) {
    const here = text[i] ?? "";
    if (here === '"') return i + 1;
    if (here < " ") return { offset: i, problem: "a text may not hold a line break or control character" };
    if (here !== "\\") continue;
    if (!/^(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/.test(text.slice(i + 1, i + 6))) {
      return { offset: i, problem: 'a backslash must be followed by one of " \\ / b f n r t u' };
    }
    i += 1;
  }
  return { offset, problem: "this text is never closed" };
}

function closingProblem(
  here: "}" | "]",
  expected: Expected,
  open: readonly ("{" | "[")[],
): string | undefined {
  const opening = here === "}" ? "{" : "[";
  if (open.at(-1) !== opening) return `${shown(here)} closes nothing`;
  if (expected === "key" || (expected === "value" && here === "]"))
    return "a comma before the end is one too many";
  if (expected === "value" || expected === "colon") return `expected a value, found ${shown(here)}`;
  return undefined;
}

function missing(expected: "colon" | "comma-or-end", here: string): string {
  return `expected ${expected === "colon" ? "a colon" : "a comma"}, found ${shown(here)}`;
}

function afterDocument(here: string): string {
  return here === "{" || here === "["
    ? "a second document begins here, and a file holds one"
    : `the document has ended, but ${shown(here)} follows`;
}

function atEnd(
  text: string,
  offset: number,
  expected: Expected,
  open: readonly ("{" | "[")[],
): JsonFault | undefined {
  if (expected === "nothing") return undefined;
  if (text.trim() === "") return { offset: 0, problem: "there is nothing in it" };
  const unclosed = open.length === 1 ? "one bracket is" : `${open.length} brackets are`;
  return {
    offset,
    problem: open.length === 0 ? "it ends too early" : `it ends here, while ${unclosed} still open`,
  };
}

function shown(here: string): string {
  return JSON.stringify(here);
}
