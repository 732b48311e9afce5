import type { Palette } from "#renderer/palette.ts";

/** A colour that nobody chose: a token that is missing cannot hide. */
const missing = "hotpink";

const extraTokens = [1, 2, 3, 4, 5, 6];

/** The picture's colours, as the theme's tokens say them. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const valueOf = (name: string) => style.getPropertyValue(name).trim() || missing;
  const token = (name: string) => valueOf(`--picture-${name}`);
  return {
    ground: token("ground"),
    lane: token("lane"),
    disc: token("disc"),
    track: token("track"),
    text: token("text"),
    textDim: token("text-dim"),
    icon: token("icon"),
    accent: token("accent"),
    focus: token("focus"),
    normal: token("normal"),
    warning: token("warning"),
    danger: token("danger"),
    info: token("info"),
    simulated: token("simulated"),
    changes: {
      new: valueOf("--change-new"),
      gone: valueOf("--change-gone"),
      hotter: valueOf("--change-hotter"),
      colder: valueOf("--change-colder"),
    },
    extra: extraTokens.map((number) => token(`extra-${number}`)),
  };
}
