import { access, answer, feedInPath, list, object, ref, refusal, text, type Paths } from "./parts.ts";

/** Where traffic comes from. */
export const sourcePaths: Paths = {
  "/api/feeds/{feed}/sources": {
    get: {
      summary: "How the sources of a feed are",
      tags: ["Sources"],
      parameters: [feedInPath],
      responses: {
        "200": answer(
          "In the order in which they are believed",
          object({ feed: text(), sources: list(ref("Source")) }),
        ),
        "404": refusal("There is no such feed"),
        ...access,
      },
    },
  },
};
