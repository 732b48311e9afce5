/**
 * Every text of the page, in one place, so that another language is another object of this shape. Braces are filled in by `fill`.
 */
export const texts = {
  app: { name: "Spillway", tagline: "See your traffic" },

  commands: {
    up: "Up one level, or close what is open",
    open: "Open the node that the keyboard is on",
    "cursor-left": "Move to the node on the left",
    "cursor-right": "Move to the node on the right",
    "cursor-up": "Move to the node above",
    "cursor-down": "Move to the node below",
    "go-top": "Go to the top",
    fit: "Fit the view to the screen",
    "zoom-in": "Zoom in",
    "zoom-out": "Zoom out",
    "reset-places": "Undo dragging: lay the view out afresh",
    find: "Find",
    filter: "Filter",
    "next-match": "Next match",
    "previous-match": "Previous match",
    "only-problems": "Only problems",
    pause: "Pause",
    live: "Back to live",
    table: "Table",
    legend: "Legend",
    labels: "Labels",
    theme: "Light or dark",
    contrast: "High contrast",
    motion: "Reduced motion",
    "flow-scale": "Logarithmic dots",
    denser: "More dots",
    sparser: "Fewer dots",
    kiosk: "Kiosk: hide everything but the picture",
    fullscreen: "Full screen",
    "copy-link": "Copy a link to this view",
    "export-picture": "Save the picture (PNG)",
    "export-vizceral": "Save the snapshot (Vizceral JSON)",
    "export-spillway": "Save the snapshot (Spillway JSON)",
    problems: "What is odd in the data",
    settings: "Settings",
    palette: "Commands",
    help: "Keys and help",
  },

  groups: { move: "Move", look: "Look", find: "Find", time: "Time", share: "Share", help: "Help" },

  feed: {
    live: "Live",
    asOf: "as of {age} ago",
    connecting: "Connecting",
    connectingLong: "Connecting to the server …",
    stale: "Stale",
    staleLong: "No data for {age}. The picture shows the last that came.",
    paused: "Paused",
    reconnecting: "Reconnecting",
    reconnectingLong: "The connection is lost since {age} ({reason}). Trying again by itself.",
    refused: "Not connected",
    gap: "{count} frames were not seen: {why}",
    caughtUp: "Connected again, nothing was missed.",
    missed: "Connected again; {count} frames were missed.",
  },

  refusals: {
    token: { title: "A token is needed", tip: "Ask whoever runs the server for one, and type it here." },
    origin: {
      title: "The server does not know this address",
      tip: "Start it with --public-url set to the address in your browser.",
    },
    version: { title: "The server has been updated", tip: "Reload the page to get the new version." },
    feed: { title: "There is no such feed", tip: "Leave the feed out of the address to see the usual one." },
  },

  badLink: {
    title: "“{name}” does not exist",
    tip: "This is the nearest place that does.",
  },

  picture: {
    unit: "requests/s",
    rate: "{rate}/s",
    errors: "{share} errors",
    stale: "data {age} old",
  },

  exported: "Saved {name}",
  exportFailed: "The browser could not make the picture.",
  copied: "Link copied",
  copyFailed: "The browser does not let pages copy. The link is in the address bar.",
  contextLost: "The graphics card was lost; drawing goes on as soon as it is back.",
  drawingFailed: "The picture cannot be drawn: {message}",
} as const;

/** A text with its braces filled in, in order of their names. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (brace, name: string) => String(values[name] ?? brace));
}
