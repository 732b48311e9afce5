import { LineCounter, parseDocument, type Document } from "yaml";

/** A YAML or JSON text with the lines of what stands in it. */
export interface PlacedYaml {
  readonly content: unknown;
  /** The line of what stands at a path, or of the nearest thing above it. Begins at 1. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** @throws with a sentence that names the line when the text is no YAML. */
export function readYaml(text: string): PlacedYaml {
  const lines = new LineCounter();
  // JSON is YAML: one reader for both. Aliases that multiply are refused by the library.
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) throw new Error(fault.message);
  const content: unknown = document.toJS();
  return { content, lineOf: (path) => lines.linePos(offsetOf(document, path)).line };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range: unknown =
      typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return range[0];
  }
  return 0;
}
