/** Tokens of the theme for the regions that stay. */
const tokens = [
  "--accent",
  "--picture-extra-1",
  "--picture-extra-4",
  "--picture-extra-3",
  "--picture-extra-6",
  "--picture-extra-5",
] as const;

/** The token of the region that goes. */
export const victimToken = "--sim";

/** A colour token for each region: the one that goes has its own, the others go round. */
export function regionColors(regions: readonly string[], victim: string): readonly string[] {
  const others = regions.filter((name) => name !== victim);
  return regions.map((name) =>
    name === victim ? victimToken : (tokens[others.indexOf(name) % tokens.length] ?? tokens[0]),
  );
}
