/** Failing over a region. */
export const drillTexts = {
  drill: {
    goesOn: "The drill runs on. X stops it.",
    stopped: "The drill is stopped: these are the source's own numbers again.",
    noRegions: "There is no region to fail over in these data.",
    notYet: "There is no traffic yet to start from.",
    alreadySimulated: "This traffic is simulated already: a drill that everybody sees runs. Stop it first.",
    linkCopied: "Link copied: it shows this run, frame for frame.",
    linkWithoutFrame:
      "Link copied, but the server could not keep the frame that the run started from ({why}): the link opens the plan on the traffic of then.",
    badLink: "The link's plan cannot be read",
    frameGone: "The frame that the link starts from is not kept any more",
    frameGoneTip: "The plan is open: run it on the traffic of now.",
    scenarioGone: "The scenario cannot be opened",
    mayNotShare: "Only an operator may run a drill that everybody sees.",
    noFeed: "There is no server behind this feed that could keep it.",
  },
} as const;
