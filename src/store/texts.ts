import { bookmarkTexts } from "./texts/bookmark-texts.ts";
import { clipTexts } from "./texts/clip-texts.ts";
import { commandTexts, groupTexts } from "./texts/command-texts.ts";
import { compareTexts } from "./texts/compare-texts.ts";
import { detailsTexts } from "./texts/details-texts.ts";
import { drillTexts } from "./texts/drill-texts.ts";
import { findingTexts } from "./texts/finding-texts.ts";
import { pictureTexts } from "./texts/picture-texts.ts";
import { regionTexts } from "./texts/region-texts.ts";
import { replayTexts } from "./texts/replay-texts.ts";
import { settingsTexts } from "./texts/settings-texts.ts";
import { simulatedTexts } from "./texts/simulated-texts.ts";
import { sourceTexts } from "./texts/source-texts.ts";

/**
 * Every text of the page, in one place (those of the failover panel, which come later, are in drill-words.ts), so that another language is another object of this shape. Braces are filled in by `fill`.
 */
export const texts = {
  app: { name: "Spillway", tagline: "See your traffic" },

  commands: commandTexts,

  groups: groupTexts,

  ui: {
    close: "Close",
    clear: "Clear",
    dismiss: "Dismiss this message",
    more: "More",
    on: "on",
    off: "off",
    unknown: "not known",
    notMeasured: "not measured",
    sortBy: "Sort by {column}",
    loading: "Loading …",
    reload: "Reload",
  },

  counts: {
    places: { one: "{count} region", other: "{count} regions" },
    services: { one: "{count} service", other: "{count} services" },
    neighbours: { one: "{count} neighbour", other: "{count} neighbours" },
    nodes: { one: "{count} node", other: "{count} nodes" },
    edges: { one: "{count} edge", other: "{count} edges" },
    notices: { one: "{count} notice", other: "{count} notices" },
    instances: { one: "{count} instance", other: "{count} instances" },
    problems: { one: "{count} oddity in the data", other: "{count} oddities in the data" },
    hidden: { one: "{count} hidden", other: "{count} hidden" },
    missedFrames: { one: "{count} frame was not seen", other: "{count} frames were not seen" },
  },

  bar: {
    label: "Toolbar",
    path: "Where you are",
    pathMore: "Levels between",
    pathAbove: "Levels above",
    skip: "Skip to the picture",
    play: "Go on",
    view: "View",
    share: "Share and save",
    menu: "Menu",
    problems: "What is odd in the data",
  },

  view: {
    density: "Dots",
    densityValue: "×{value}",
    more: "All settings",
    kiosk: "Kiosk",
    fullscreen: "Full screen",
  },

  kiosk: { leave: "Leave kiosk mode", hint: "Esc leaves kiosk mode." },

  exported: "Saved {name}",

  exportFailed: "The browser could not make the picture.",

  copied: "Link copied",

  copyFailed: "The browser does not let pages copy. The link is in the address bar.",

  contextLost: "The graphics card was lost; drawing goes on as soon as it is back.",

  drawingFailed: "The picture cannot be drawn: {message}",

  ...bookmarkTexts,
  ...clipTexts,
  ...compareTexts,
  ...detailsTexts,
  ...drillTexts,
  ...findingTexts,
  ...pictureTexts,
  ...regionTexts,
  ...replayTexts,
  ...settingsTexts,
  ...simulatedTexts,
  ...sourceTexts,
} as const;

/** A text with its braces filled in, in order of their names. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (brace, name: string) => String(values[name] ?? brace));
}

/** A counted thing in the form that its number asks for: "1 service", "38 services". */
export function countOf(forms: { readonly one: string; readonly other: string }, count: number): string {
  return fill(count === 1 ? forms.one : forms.other, { count: new Intl.NumberFormat("en").format(count) });
}
