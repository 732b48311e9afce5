/** Finding, filtering, and the palette. */
export const findingTexts = {
  find: {
    label: "Find in this view",
    placeholder: "Find",
    next: "Next match",
    previous: "Previous match",
    found: "{count} of {all}",
    foundLong: "{count} of {all} nodes match",
    match: "match {at} of {count}",
    nothing: "Nothing in this view matches.",
    everywhere: "Search everywhere",
    help: "How to search",
    helpIntro: "All terms must hold.",
    syntax: [
      { term: "cart", meaning: "the name, owner or an instance contains it" },
      { term: "a|b", meaning: "either of them" },
      { term: "-cart", meaning: "not this one" },
      { term: "rate>100", meaning: "requests per second" },
      { term: "errors>1%", meaning: "share of failed requests; also warnings" },
      { term: "latency>200", meaning: "p95 of a call to it, ms" },
      { term: "type:storage", meaning: "also owner, class" },
      { term: "is:failing", meaning: "also degraded, silent, problem, noticed" },
    ],
  },

  filter: {
    label: "Hide what does not match",
    placeholder: "Show only …",
    shown: "{count} of {all} shown",
    hidden: "{count} hidden by the filter",
    clear: "Show all",
    nothing: "The filter hides everything here",
    is: "Filter: {filter}",
  },

  onlyProblems: { short: "Problems", found: "{count} of {all}", none: "No problems here" },

  palette: {
    label: "Commands",
    placeholder: "Type a command or a name",
    results: "Results",
    commands: "Commands",
    recent: "Recent",
    goTo: "Go to",
    nothing: "Nothing is called like that.",
    more: "{count} more: type on to narrow down.",
    hint: "Enter goes there and selects, Ctrl+Enter goes in.",
    hintMac: "Enter goes there and selects, ⌘Enter goes in.",
  },
} as const;
