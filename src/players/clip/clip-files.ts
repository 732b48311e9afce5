/** Files as the browser hands them out, in the order in which they are to be read. */
export type ClipFiles = readonly [File, ...File[]];

/** In the order of their names, numbers as numbers; of several, those that may be documents. */
export function inOrder(files: readonly File[]): readonly File[] {
  if (files.length < 2) return files;
  return files
    .filter(({ name }) => /\.json$/i.test(name))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}

/** "a.ndjson", or "a.json and 4 more". */
export function nameOf([first, ...others]: ClipFiles): string {
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}
