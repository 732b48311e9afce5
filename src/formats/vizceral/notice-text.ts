import { cutText, textLength } from "./read-scalar.ts";

const tagNames =
  "a b i u s p em br hr h[1-6] ul ol li dl dt dd tr td th div span strong small big sub sup code pre font center " +
  "img svg table thead tbody tfoot caption section article header footer iframe object embed form input button " +
  "script style link meta html head body title";

/** Only what is clearly markup, with attributes that have values: "a<b and c>d" is left alone. */
const tag = new RegExp(`</?(?:${tagNames.replaceAll(" ", "|")})(?:\\s[^<>=]*=[^<>]*|\\s*/?)>`, "gi");
const cell = /<\/t[dh]\s*>/gi;
const line = /<(?:br\s*\/?|\/(?:tr|p|div|li|h[1-6]|table|caption|section|article))\s*>/gi;
const unreadable = /<(script|style)\b[^<>]*>[^<]*<\/\1\s*>/gi;

const entities: readonly (readonly [RegExp, string])[] = [
  [/&nbsp;/gi, " "],
  [/&lt;/gi, "<"],
  [/&gt;/gi, ">"],
  [/&quot;/gi, '"'],
  [/&#0*39;|&apos;/gi, "'"],
  [/&amp;/gi, "&"],
];

/**
 * A notice as text. Vizceral put notices into the page as HTML, and some exporters send tables; here markup becomes the text that it
 * showed: cells stand apart by "|", lines by ";". What comes out is text whatever it contains, and putting it in again changes nothing.
 */
export function plainText(raw: string): string {
  // More than a notice can show after its markup is gone.
  const source = raw.length > 16 * textLength ? raw.slice(0, 16 * textLength) : raw;
  if (source.search(tag) === -1) return cutText(raw, textLength);
  let text = source.replace(unreadable, " ").replace(cell, " | ").replace(line, " ; ").replace(tag, " ");
  for (const [entity, character] of entities) text = text.replace(entity, character);
  const lines = text.split(";").map((part) => joined(part.replaceAll(/\s+/g, " ").split("|"), " | "));
  text = joined(lines, "; ");
  // Markup that only appeared when something between was taken away.
  if (text.search(tag) !== -1) text = text.replaceAll("<", "‹");
  return cutText(text, textLength);
}

function joined(parts: readonly string[], separator: string): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(separator);
}

/** An address that may stand behind a notice: http or https, without spaces or control characters. */
export function readLink(raw: unknown): string | undefined {
  if (typeof raw !== "string") return undefined;
  const link = raw.trim();
  return link.length <= 2 * textLength && /^https?:\/\/[^\s\p{Cc}"<>]+$/iu.test(link) ? link : undefined;
}
