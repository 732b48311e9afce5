/* Words that the OpenAPI document is written in: https://spec.openapis.org/oas/v3.1.0 */

export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

export type Paths = Readonly<
  Record<string, Readonly<Partial<Record<"get" | "post" | "delete" | "put" | "patch", Operation>>>>
>;

export const inPath = (name: string, description: string): object => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});

export const inQuery = (name: string, description: string, schema: object = { type: "number" }): object => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

export const feedInPath = inPath("feed", "Name of the feed, as /readyz lists them");

/** An answer of JSON. */
export const answer = (description: string, schema: object): object => ({
  description,
  content: { "application/json": { schema } },
});

/** How everything says no. */
export const refusal = (description: string): object => ({
  description,
  content: { "application/json": { schema: ref("Error") } },
});

export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

export const list = (items: object): object => ({ type: "array", items });

export const object = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = Object.keys(properties),
): object => ({ type: "object", properties, required });

export const text = (description?: string): object => described({ type: "string" }, description);

export const number = (description?: string): object => described({ type: "number" }, description);

export const whole = (description?: string): object => described({ type: "integer" }, description);

export const moment = (description = "A moment"): object =>
  described({ type: "number" }, `${description}, milliseconds since 1970`);

/** What everybody who may not is told. */
export const access = {
  "401": refusal("There are tokens, and this request has none that is known"),
  "403": refusal("The token may not do this, or the request comes from a page of another origin"),
} as const;

function described(schema: object, description: string | undefined): object {
  return description === undefined ? schema : { ...schema, description };
}
