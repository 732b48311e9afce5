import {
  access,
  answer,
  feedInPath,
  list,
  moment,
  object,
  refusal,
  text,
  whole,
  type Paths,
} from "./parts.ts";

const tags = ["Sources"] as const;

const diagnostic = object({
  kind: text("note, mended or dropped"),
  place: text(),
  found: text(),
  done: text(),
});

/** What other systems send. */
export const pushPaths: Paths = {
  "/api/feeds/{feed}/frames": {
    post: {
      summary: "Takes traffic; for pushers",
      description:
        "docs/sources.md, Push. Bodies may be packed with gzip; 5 MiB at most, packed and unpacked.",
      tags,
      parameters: [
        feedInPath,
        {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description: "The same key with the same body gets the same answer, and makes no second frame",
          schema: { type: "string", maxLength: 255 },
        },
      ],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: { type: "object", description: "A whole graph (docs/data-format.md)" },
          },
          "application/merge-patch+json": {
            schema: { type: "object", description: "What has changed since the push before (RFC 7396)" },
          },
          "application/vnd.spillway.frame+json": {
            schema: { type: "object", description: "A line of a recording (docs/recording-format.md)" },
          },
        },
      },
      responses: {
        "202": answer(
          "The frame that holds it is recorded",
          object({
            frame: object({ feed: text(), seq: whole(), at: moment() }),
            diagnostics: list(diagnostic),
          }),
        ),
        "400": answer(
          "Not JSON (with its place), or nothing in it can be drawn",
          object({
            error: object({ message: text(), line: whole(), column: whole(), excerpt: text() }, ["message"]),
          }),
        ),
        "404": refusal("There is no such feed, or it takes no pushes"),
        "409": refusal("A patch, and nothing was pushed before it"),
        "413": refusal("Larger than 5 MiB, or more nodes and connections than can be drawn"),
        "415": refusal("Another content type or packing"),
        "422": refusal("The idempotency key came with another body before"),
        "429": refusal("Too many; come back after Retry-After seconds"),
        "503": refusal("It cannot be recorded now; come back after Retry-After seconds"),
        ...access,
      },
    },
  },
  "/api/feeds/{feed}/alerts": {
    post: {
      summary: "Takes what Alertmanager sends to a webhook; for pushers",
      description: "docs/sources.md, Alertmanager. Version 4 of its body.",
      tags,
      parameters: [feedInPath],
      requestBody: {
        required: true,
        content: { "application/json": { schema: object({ alerts: list({ type: "object" }) }) } },
      },
      responses: {
        "200": answer(
          "How many were read, and how many fire now",
          object({ received: whole(), firing: whole(), diagnostics: list(diagnostic) }),
        ),
        "400": refusal("Not JSON, or no alerts"),
        "404": refusal("There is no such feed, or it takes no alerts"),
        "413": refusal("Larger than 5 MiB"),
        "415": refusal("Another content type or packing"),
        "429": refusal("Too many; come back after Retry-After seconds"),
        "503": refusal("Too much at once; come back after Retry-After seconds"),
        ...access,
      },
    },
  },
};
