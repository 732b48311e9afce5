import type { SceneClass } from "#scene/scene.ts";

/** Colours of the picture, CSS colours as the theme's tokens say them. The renderers know no others. */
export interface Palette {
  readonly ground: string;
  readonly lane: string;
  readonly disc: string;
  readonly track: string;
  readonly text: string;
  readonly textDim: string;
  readonly icon: string;
  readonly accent: string;
  readonly focus: string;
  readonly normal: string;
  readonly warning: string;
  readonly danger: string;
  readonly info: string;
  /** Of a drill: what is simulated. */
  readonly simulated: string;
  /** Of a comparison: how something differs from another moment. */
  readonly changes: ChangeColors;
  /** For further classes of traffic that bring no colour of their own. */
  readonly extra: readonly string[];
}

export interface ChangeColors {
  readonly new: string;
  readonly gone: string;
  readonly hotter: string;
  readonly colder: string;
}

/** Colour of a class of traffic: its own from the data, else the theme's for its severity. */
export function classColor(palette: Palette, classes: readonly SceneClass[], index: number): string {
  const trafficClass = classes[index];
  if (trafficClass === undefined) return palette.normal;
  if (trafficClass.color !== undefined) return trafficClass.color;
  if (trafficClass.severity === "danger") return palette.danger;
  if (trafficClass.severity === "warning") return palette.warning;
  if (index === 0 || palette.extra.length === 0) return palette.normal;
  const before = classes.slice(1, index).filter(({ severity }) => severity === "normal").length;
  return palette.extra[before % palette.extra.length] ?? palette.normal;
}
