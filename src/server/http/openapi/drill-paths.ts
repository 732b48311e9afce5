import {
  access,
  answer,
  feedInPath,
  inPath,
  list,
  moment,
  object,
  ref,
  refusal,
  text,
  type Paths,
} from "./parts.ts";

const tags = ["Drills"];
const notKept = refusal("The data folder cannot be written");

/** What links to drills name. */
export const drillPaths: Paths = {
  "/api/feeds/{feed}/freeze": {
    post: {
      summary: "Freezes a frame, so that a link can name it",
      tags,
      parameters: [feedInPath],
      requestBody: {
        description: "Without a moment, the newest frame",
        content: { "application/json": { schema: object({ at: moment() }, []) } },
      },
      responses: {
        "201": answer("The frame's address", object({ hash: text("32 hexadecimal digits"), at: moment() })),
        "400": refusal("at is no moment"),
        "404": refusal("There is no such feed"),
        "409": refusal("The feed shows a drill at that moment"),
        "410": refusal("The history does not reach back to that moment"),
        "429": refusal("Too many at once from this address"),
        "503": refusal("There is no frame yet, or the data folder cannot be written"),
        ...access,
      },
    },
  },
  "/api/frames/{hash}": {
    get: {
      summary: "A frozen frame",
      tags,
      parameters: [inPath("hash", "Its address")],
      responses: {
        "200": answer("What a snapshot on the wire holds (docs/wire.md); may be cached for ever", {
          type: "object",
        }),
        "304": { description: "As it was" },
        "404": refusal("It is not kept, or not any more"),
        ...access,
      },
    },
  },
  "/api/scenarios": {
    get: {
      summary: "Drills that somebody has prepared",
      tags,
      responses: { "200": answer("Their names and titles", list(ref("ScenarioTitle"))), ...access },
    },
  },
  "/api/scenarios/{name}": {
    get: {
      summary: "A prepared drill, with the frame that it starts from",
      tags,
      parameters: [inPath("name", "As in the list")],
      responses: {
        "200": answer(
          "The scenario",
          object({
            name: text(),
            title: text(),
            description: text(),
            plan: { type: "object" },
            commands: list({ type: "object" }),
            frame: text("Address of the frozen frame"),
          }),
        ),
        "404": refusal("There is no such scenario"),
        "500": refusal("Its file cannot be read"),
        "503": notKept,
        ...access,
      },
    },
  },
};
