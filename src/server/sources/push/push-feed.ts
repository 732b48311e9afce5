import { err, ok, type Result } from "#base/result.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";

import type { FeedConfig } from "../../config/feeds-config.ts";
import { pushSchema } from "./push-part.ts";

export const pushPrefix = "push:";

/** The feed of `--source push:NAME`: nothing but what is pushed to it. */
export function pushFeed(spec: string): Result<FeedConfig, string> {
  const name = spec.slice(pushPrefix.length);
  if (!/^[a-z0-9-]{1,64}$/.test(name)) {
    return err(`"${spec}" needs a name of small letters, digits and dashes, such as push:shop.`);
  }
  const source = { name: "push", kind: "push", settings: pushSchema.parse({}), regions: noRegionRule };
  return ok({ name, title: name, sources: [source], statuses: {} });
}
