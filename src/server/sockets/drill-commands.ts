import { err, type Result } from "#base/result.ts";
import { limits } from "#domain/limits.ts";
import type { DrillMessage, DrillRefusal, Role } from "#protocol/messages.ts";

import { mayDo } from "../access/tokens.ts";
import type { SharedDrill } from "../drills/shared-drill.ts";

/** Does what a viewer asks for, if it may; otherwise the answer to it, as the wire bounds it. */
export function commandDrill(
  drills: ReadonlyMap<string, SharedDrill>,
  message: DrillMessage,
  role: Role,
): DrillRefusal | undefined {
  const done = attempt(drills.get(message.feed), message, role);
  return done.ok ? undefined : { feed: message.feed, message: done.error.slice(0, limits.nameLength * 4) };
}

function attempt(drill: SharedDrill | undefined, message: DrillMessage, role: Role): Result<void, string> {
  if (!mayDo(role, "operate")) {
    return err(
      `Drills that everybody sees are for operators; this page is a ${role}'s. Run one of your own: only this page shows it.`,
    );
  }
  if (drill === undefined) {
    return err(
      "This feed shows no drills to everybody: its traffic is real, or the server's setting sharedDrills is off. Run one of your own: only this page shows it.",
    );
  }
  switch (message.do) {
    case "start":
      return drill.start(message.plan, message.speed, role);
    case "speed":
      return drill.setSpeed(message.speed, role);
    case "fail-back":
      return drill.failBack(role);
    case "stop":
      return drill.stop(`The drill was stopped by the role ${role}.`);
  }
}
