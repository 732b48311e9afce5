/** Two moments beside each other. */
export const compareTexts = {
  compare: {
    label: "Comparison",
    banner: "Comparing {now} with {past}",
    loading: "Fetching {past} to compare with …",
    failed: "Cannot compare with {past}: {message}",
    marked: "This moment is marked.",
    markedTip: "Go to another moment, or wait, and press v to compare.",
    noRecording: "Nothing is recorded here.",
    unreadable: "The link names a moment to compare with that cannot be read.",
    unreadableTip: "A moment looks like compare=2026-11-28T04:00:00Z.",
    gap: "Nothing was recorded at the moment to compare with. The last frame before it is taken.",
    none: "Nothing has changed noticeably.",
    noticed: "Noticed is what differs by more than a fifth, and by more than chance.",
    stop: "Stop comparing",
    table: "Table of changes",
    all: "All changes",
    filter: "Show",
    hint: "Enter selects a line in the picture.",
    empty: "Nothing of this kind.",
    edge: "{from} → {to}",
    placed: "{name} · {place}",
    /** What the details and the card say of one thing. */
    changes: {
      new: "New: it was not there at {time}.",
      gone: "Gone: it had {before} requests/s at {time}.",
      hotter: "Hotter than at {time}: {before} to {after} requests/s.",
      colder: "Colder than at {time}: {before} to {after} requests/s.",
    },
    /** What is read out of one thing in a list of many. */
    spoken: {
      new: "new",
      gone: "gone, had {before} requests per second",
      hotter: "hotter: {before} to {after} requests per second",
      colder: "colder: {before} to {after} requests per second",
    },
    inside: "{count} changed inside",
    kinds: { new: "new", gone: "gone", hotter: "hotter", colder: "colder", same: "same" },
    kindCounts: {
      new: "{count} new",
      gone: "{count} gone",
      hotter: "{count} hotter",
      colder: "{count} colder",
      same: "{count} same",
    },
  },
} as const;
