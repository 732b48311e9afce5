/* Texts for terminals: plain, no colours, nothing that could steer the terminal. */

/** Control characters and marks that turn the direction of text show as escapes: names come from strangers. */
export function harmless(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}

/** A name on one line, cut to 40 characters. */
export function short(name: string): string {
  const oneLine = name.replaceAll("\n", "\\n");
  return oneLine.length > 40 ? `${oneLine.slice(0, 39)}…` : oneLine;
}

export function rate(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 1 ? 3 : 1 });
}

export function count(value: number, thing: string): string {
  return `${value.toLocaleString("en-US")} ${thing}${value === 1 ? "" : "s"}`;
}

/** Lines of a table: the titles, then the rows. Columns whose title is in `left` begin at the left, the others end at the right. */
export function tableLines(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly string[],
): readonly string[] {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    titles
      .map((title, column) => {
        const cell = row[column] ?? "";
        return left.includes(title) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join("  ")
      .trimEnd();
  return [titles, ...rows].map(line);
}

/** Words in lines of at most `width` characters, each begun with `indent`; a longer word has a line of its own. */
export function wrapped(text: string, indent: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
