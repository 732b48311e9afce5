import { smoothNoise } from "./smooth-noise.ts";

const dayS = 86_400;
/** Users come and go over the day by this much around the mean. */
const daySwing = 0.3;
/** They do not come evenly to all regions. */
const regionStray = 0.12;

/** What the users of a region ask for by what they ask for in the file, at a moment in seconds since the start, where it is 1. */
export function userDemand(seed: number): (region: string, tS: number) => number {
  const noises = new Map<string, (elapsedMs: number) => number>();
  return (region, tS) => {
    const known = noises.get(region);
    const noise = known ?? smoothNoise(region, seed);
    if (known === undefined) noises.set(region, noise);
    const day = 1 + daySwing * Math.sin((2 * Math.PI * tS) / dayS);
    return day * (1 + regionStray * noise(tS * 1000));
  };
}
