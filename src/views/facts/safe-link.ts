/** The address, when following it is harmless: http and https only. Data may say "javascript:" or worse. */
export function safeLink(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.href : undefined;
}
