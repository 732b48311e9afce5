/** What is said of the source and of its data. */
export const sourceTexts = {
  feed: {
    live: "Live",
    asOf: "as of {age} ago",
    old: "{age} old",
    someSilent: "{silent} of {count} sources stale",
    someSilentShort: "{silent} of {count} stale",
    connecting: "Connecting",
    connectingLong: "Connecting to the server …",
    stale: "Stale",
    staleLong: "No data for {age}. The picture shows the last that came.",
    paused: "Paused",
    simulated: "Simulated",
    reconnecting: "Reconnecting",
    reconnectingLong: "No connection for {age}. {reason} Trying again by itself.",
    refused: "Not connected",
    gap: "{count} frames were not seen: {why}",
    notRecorded: "not recorded",
    notRecordedLong:
      "Not recorded since {time}: the server cannot write. What is shown now cannot be replayed later.",
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

  source: {
    title: "Where the numbers come from",
    feed: "Feed",
    interval: "A frame every",
    window: "Rates are averaged over",
    role: "You are",
    roles: { viewer: "viewer", operator: "operator", pusher: "pusher", admin: "administrator" },
    gaps: "Not seen",
    noGaps: "nothing was missed",
    at: "at {time}",
  },

  sources: {
    title: "Sources",
    intro: "The systems that this picture is put together from, in the order in which they are believed.",
    more: "How each source is",
    states: { waiting: "Waiting", ok: "Fresh", stale: "Stale", failed: "Failed" },
    age: "{age} old",
    never: "nothing yet",
    window: "Averaged over",
    observed: "Observed",
    scaledUp: "{share}, scaled up",
    edges: "Edges",
    problems: "Oddities",
    counts: "What it counted",
    none: "This feed is not put together from several sources.",
    fault: "How they are now is not known: {message} This is what was known last.",
  },

  problems: {
    title: "What is odd in the data",
    intro: "Spillway reads what it can. This is what it met, and what it did about it.",
    kinds: { note: "read as meant", mended: "mended", dropped: "left out" },
    none: "Nothing odd.",
    search: "Search in these",
    show: "Show",
  },

  token: {
    title: "A token is needed",
    intro: "This server wants to know who is looking. Whoever runs it can make you a token.",
    label: "Token",
    submit: "Connect",
    wrong: "The server did not accept it.",
    privacy: "It is sent to this server only, and forgotten when the page is closed.",
  },
} as const;
