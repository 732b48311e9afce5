import type { Result } from "#base/result.ts";

import type { VizceralFailure } from "./failure.ts";
import { parseJson } from "./parse-json.ts";
import { readVizceral, type VizceralOptions, type VizceralReading } from "./read-vizceral.ts";

/** Reads a text in Vizceral's format: `readVizceral` behind JSON.parse, with errors that name line and column. */
export function parseVizceral(
  text: string,
  options: VizceralOptions,
): Result<VizceralReading, VizceralFailure> {
  const input = parseJson(text);
  return input.ok ? readVizceral(input.value, options) : input;
}
