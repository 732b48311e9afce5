/** One series at one moment, as a query answers it. The value may be NaN or infinite: that is for the reader to judge. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A label's text, or undefined where the series does not have it. Meshes write the literal "unknown" for what they do not know. */
export function known(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text === "unknown" ? undefined : text;
}
