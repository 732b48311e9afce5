/**
 * How well a query fits a text: its letters must occur in order, ignoring case; those at the start of a word and those that follow one another count more. Greater is better,
 * undefined: no fit.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  if (query === "") return 0;
  const wanted = query.toLowerCase();
  const found = text.toLowerCase();
  const whole = found.indexOf(wanted);
  if (whole >= 0) return 1000 + (whole === 0 ? 500 : isWordStart(text, whole) ? 250 : 0) - found.length;
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    if (letter === " ") continue;
    const next = found.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    score += isWordStart(text, next) ? 20 : next === at + 1 ? 10 : 1;
    at = next;
  }
  return score - found.length / 10;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? "";
  return /[^\p{L}\p{N}]/u.test(before) || (/\p{Lu}/u.test(text[at] ?? "") && /\p{Ll}/u.test(before));
}
