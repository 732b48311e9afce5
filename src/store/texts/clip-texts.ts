/** Recordings as files: opening, and cutting out. */
export const clipTexts = {
  clips: {
    drop: "Drop the recording to play it",
    dropTip: "Clips, NDJSON files, and snapshots in Vizceral's format. It stays on this machine.",
    noBookmarks: "A file keeps the bookmarks that it came with.",
    file: "File",
    recordedAs: "Recorded from",
    close: "Close the file",
    opening: "Opening {name}",
    checking: "Reading {name} to its end",
    checkingTip: "It can be watched meanwhile. The timeline fills as it is read.",
    progress: "{done} of {total}",
    cancel: "Cancel",
    several:
      "Open one recording at a time. Several files make one only when they are snapshots in Vizceral's format (.json).",
    refused: {
      title: "{name} cannot be opened",
      was: "{name} was closed: it is not what it says",
      tip: "What opens are clips (.spillway.ndjson.gz, also unpacked), files with a snapshot in Vizceral's format on each line, and such snapshots (.json). If the file was sent or copied, get it once more: the copy may be damaged.",
      other: "Open another file …",
    },
    again: {
      title: "Open {name} again",
      text: "This address shows {name}, a file on somebody's machine. An address cannot carry a file, and the page has forgotten it.",
      tip: "Open the file to be where the address says. Until then this is the live feed.",
      choose: "Choose the file …",
      live: "Stay with the live feed",
    },
    drillNotKept: "The traffic comes from a file on this machine, which a link cannot carry.",
    cut: {
      title: "Cut a clip",
      intro:
        "A file that anybody can open with Spillway, also offline: dropped on the page, or with “spillway replay”.",
      from: "From",
      to: "To",
      frames: { one: "About {count} frame", other: "About {count} frames" },
      asLoop: "The stretch that is looped.",
      asShown: "What the timeline shows. To choose a stretch, hold Shift and drag on the timeline.",
      pseudonyms: "Replace names",
      pseudonymsTip:
        "For strangers: region-1, service-17 … The texts of notices and all metadata are left out.",
      note: "Note",
      noteTip: "Goes with the clip, as a bookmark of its stretch.",
      save: "Save the clip",
      saving: "{size} have come",
      cancel: "Cancel",
      wrongTime: "This is no moment. It is written like 2026-01-06 12:00:00.",
      wrongOrder: "The end must be later than the beginning.",
      failed: "The clip could not be saved. {message}",
      offline:
        "Cut from the file, without a server. It has no index, so that a long one takes a while to open.",
    },
  },
} as const;
