import { err, ok, type Result } from "#base/result.ts";

/**
 * A regular expression as Go's tools write it (RE2), as one of ours: flags at the beginning, (?P<name>...). Everything else that label mappings use is written alike.
 * The error is a sentence.
 */
export function readGoRegexp(text: string): Result<RegExp, string> {
  const [, flags = "", rest = text] = /^\(\?([ims]+)\)(.*)$/s.exec(text) ?? [];
  try {
    return ok(new RegExp(rest.replaceAll("(?P<", "(?<"), flags));
  } catch (error: unknown) {
    return err(
      `"${text}" is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error)}`,
    );
  }
}

/** Puts what a match found into a template as Go's Expand does: $1, ${1}, $name, ${name}; $$ is a dollar. What was not found is empty. */
export function expandTemplate(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\$(\$)|\$\{(\w+)\}|\$(\w+)/g,
    (_, dollar?: string, braced?: string, bare?: string) => {
      if (dollar !== undefined) return "$";
      const name = braced ?? bare ?? "";
      return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? "";
    },
  );
}
