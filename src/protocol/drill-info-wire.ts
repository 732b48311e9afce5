import { drillStages, type DrillInfo } from "#domain/drill-info.ts";
import { limits } from "#domain/limits.ts";

import { finite, list, oneOf, record, text } from "./guard.ts";

/** A drill's mark is written as it is in the program; this reads it back from outside and bounds it. */
export function readDrillInfo(raw: unknown, place: string): DrillInfo {
  const from = record(raw, place);
  return {
    drill: text(from["drill"], `${place}.drill`),
    victim: text(from["victim"], `${place}.victim`),
    saviours: list(from["saviours"], limits.nodes, `${place}.saviours`).map((name, i) =>
      text(name, `${place}.saviours[${i}]`),
    ),
    stage: oneOf(from["stage"], drillStages, `${place}.stage`),
    elapsedMs: finite(from["elapsedMs"], `${place}.elapsedMs`),
  };
}
