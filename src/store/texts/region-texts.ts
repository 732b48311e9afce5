/** What is said of other regions where they are seen from inside of one, and of what has no region. */
export const regionTexts = {
  boundary: {
    /** In the picture. */
    label: "{name} (region)",
    kind: "another region",
    calls: "calls {names} in {region}",
    calledBy: "called by {names} in {region}",
    called: "Called there",
    callers: "Callers there",
    title: "Beyond",
    go: "Go to {name}",
    others: { one: "{count} other region", other: "{count} other regions" },
  },

  unknownRegion: {
    title: "No source says which region these services run in.",
    tip: "Name their clusters, or a default, under “regions:” of the feed in the config file; docs/sources.md says how.",
  },
} as const;
