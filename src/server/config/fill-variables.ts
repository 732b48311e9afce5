import { isJsonObject } from "#base/json.ts";

export interface Filled {
  readonly content: unknown;
  /** Sentences, with the path of the text in which a variable stands that is not set. */
  readonly missing: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** ${NAME}, or ${NAME:-what to take when it is not set}; $${ stands for ${. */
const pattern = /\$(\$\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Puts the values of variables into all texts of a tree, so that a file need not hold secrets. */
export function fillVariables(
  content: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  path: readonly PropertyKey[] = [],
): Filled {
  const missing: Filled["missing"][number][] = [];
  const fill = (value: unknown, at: readonly PropertyKey[]): unknown => {
    if (typeof value === "string") {
      return value.replaceAll(pattern, (_, escaped?: string, name?: string, otherwise?: string) => {
        if (escaped !== undefined) return escaped;
        const found = environment[name ?? ""] ?? otherwise;
        if (found === undefined) missing.push({ path: at, message: `the variable ${name} is not set` });
        return found ?? "";
      });
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...at, index]));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...at, key])]));
  };
  return { content: fill(content, path), missing };
}
