import {
  access,
  answer,
  feedInPath,
  inPath,
  inQuery,
  list,
  moment,
  number,
  object,
  ref,
  refusal,
  text,
  whole,
  type Paths,
} from "./parts.ts";

const tags = ["Recording"];
const from = inQuery("from", "First moment, milliseconds since 1970; everything without it");
const to = inQuery("to", "Last moment, milliseconds since 1970; everything without it");
const notRecorded = refusal("There is no such feed, or it is not recorded");

/** The past of feeds. */
export const recordingPaths: Paths = {
  "/api/feeds/{feed}/recording": {
    get: {
      summary: "What is recorded, for a timeline",
      tags,
      parameters: [
        feedInPath,
        from,
        to,
        inQuery("bins", "About so many bins, 1 to 4,000", { type: "integer" }),
      ],
      responses: {
        "200": answer(
          "The stretch in bins",
          object({
            feed: text(),
            epoch: text("Sequence numbers belong to it"),
            oldest: whole("First frame that can be read"),
            newest: whole("Last frame"),
            intervalMs: number(),
            start: { type: ["number", "null"] },
            end: { type: ["number", "null"] },
            bytes: whole("Size on the disk"),
            from: moment(),
            to: moment(),
            stepMs: number("Length of a bin"),
            bins: list({
              type: "array",
              description:
                "[moment, frames, total, warning, danger (requests/s), worst class, latency in ms or null, notices, 1 when simulated]",
            }),
            marks: list({ type: "object" }),
          }),
        ),
        "400": refusal("from, to or bins are not as they should be"),
        "404": notRecorded,
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/recording/groups": {
    get: {
      summary: "Groups of frames that reach into a stretch, and the nearest on either side",
      tags,
      parameters: [feedInPath, from, to],
      responses: {
        "200": answer(
          "The groups, ascending",
          object({
            epoch: text(),
            groups: list({
              type: "array",
              description: "[first frame, last frame, first moment, last moment, bytes packed]",
            }),
          }),
        ),
        "400": refusal("The stretch is odd"),
        "404": notRecorded,
        "413": refusal("The stretch holds more than 5,000 groups"),
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/recording/groups/{first}": {
    get: {
      summary: "A keyframe and the deltas that follow it, a line each",
      description: "A closed group never changes: it has an ETag and may be cached for ever.",
      tags,
      parameters: [feedInPath, inPath("first", "Number of the group's first frame")],
      responses: {
        "200": {
          description: "Lines as docs/recording-format.md tells",
          content: { "application/x-ndjson": { schema: { type: "string" } } },
        },
        "304": { description: "As it was" },
        "404": refusal("No group begins there, or it is no longer kept"),
        "410": refusal("The group is damaged on the disk"),
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/recording/clip": {
    get: {
      summary: "A stretch of the recording as one file",
      tags,
      parameters: [
        feedInPath,
        from,
        to,
        inQuery("names", "pseudonyms leaves out names and texts", {
          type: "string",
          enum: ["real", "pseudonyms"],
        }),
        inQuery("note", "Kept in the clip as a bookmark; 500 characters at most", { type: "string" }),
      ],
      responses: {
        "200": {
          description: "The clip, as it is made; X-Spillway-Frames says how many frames it will have",
          content: { "application/gzip": { schema: { type: "string", format: "binary" } } },
        },
        "400": refusal("The question is odd"),
        "404": refusal("There is no such feed, it is not recorded, or nothing was recorded then"),
        "503": refusal("Two clips are being cut already"),
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/bookmarks": {
    get: {
      summary: "Bookmarks, in order of time",
      tags,
      parameters: [feedInPath],
      responses: {
        "200": answer("The bookmarks", object({ bookmarks: list(ref("Bookmark")) })),
        "404": refusal("There is no such feed"),
        ...access,
      },
    },
    post: {
      summary: "Sets a bookmark; for operators",
      tags,
      parameters: [feedInPath],
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: object({ at: moment(), to: moment(), note: text() }, ["at"]) },
        },
      },
      responses: {
        "201": answer("As it is kept", ref("Bookmark")),
        "400": refusal("It is no bookmark"),
        "404": refusal("There is no such feed"),
        "409": refusal("The feed has 1,000 bookmarks already"),
        "503": refusal("The data folder cannot be written"),
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/bookmarks/{id}": {
    delete: {
      summary: "Removes a bookmark; for operators",
      tags,
      parameters: [feedInPath, inPath("id", "Of the bookmark")],
      responses: {
        "204": { description: "It is gone" },
        "404": refusal("There is no such feed or bookmark"),
        "503": refusal("The data folder cannot be written"),
        ...access,
      },
    },
  },
};
