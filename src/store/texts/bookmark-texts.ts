/** Moments that somebody wants to find again. */
export const bookmarkTexts = {
  bookmarks: {
    title: "Bookmarks",
    add: "Bookmark this moment",
    note: "Note",
    noteHint: "What happened here?",
    save: "Set the bookmark",
    shared: "Everybody who watches this feed sees it.",
    added: "The bookmark is set.",
    mayNot: "Only an operator may set bookmarks.",
    mayNotTip: "You are watching as a viewer. Ask whoever runs the server for an operator's token.",
    none: "There are no bookmarks yet.",
    noneTip: "Press {key} at a moment that you or others will want to find again.",
    noneTipViewer: "Operators can set some.",
    noNote: "Without a note",
    stretch: "{from} to {to}",
    go: "Go to {time}: {note}",
    remove: "Remove the bookmark at {time}",
  },
} as const;
