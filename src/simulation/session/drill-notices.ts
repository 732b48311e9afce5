import type { Notice, NoticeSeverity } from "#domain/notice.ts";
import type { DrillStage } from "#domain/drill-info.ts";

import type { World } from "../engine/world.ts";

/** What the notices are about, beside the world. */
export interface NoticeFacts {
  readonly world: World;
  readonly stage: DrillStage;
  /** What the regions are called that names point to now, other than the victim. */
  readonly saviours: readonly string[];
  readonly hasNamesMoved: boolean;
}

/** From here on a region that fails or sheds is said to be overloaded: below, a share does not show as a whole per cent. */
const worthSaying = 0.01;

/** Says at the regions what is going on there. In English, as the notices of sources are. */
export function drillNotices(facts: NoticeFacts): readonly Notice[] {
  const { world, stage, saviours, hasNamesMoved } = facts;
  const { routing, graph, outcomes, scaled, regionErrors } = world;
  const { victim } = routing;
  const notices: Notice[] = [];
  const say = (r: number, severity: NoticeSeverity, title: string, subtitle?: string): void => {
    const { node } = graph.regions[r]!;
    notices.push({
      target: { kind: "node", node },
      title,
      ...(subtitle === undefined ? {} : { subtitle }),
      severity,
    });
  };
  graph.regions.forEach((_, r) => {
    const lost = outcomes.failedShare(r) + outcomes.shedShare(r);
    if (r === victim && routing.load[r]! > 0 && regionErrors[r]! > 0) {
      say(r, 2, "Errors", `${percent(outcomes.failedShare(r))} of the requests fail`);
    } else if (lost >= worthSaying && routing.load[r]! > 0) {
      say(r, 2, "Overloaded", `${percent(lost)} of the requests fail or are turned away`);
    }
    if (scaled[r]! > 0 && scaled[r]! < 1 && r !== victim) {
      say(r, 0, "Scaling up", `to ${perSecond(world.fleets.goal[r]!)}`);
    }
  });
  const isBack = stage === "restoring" || stage === "restored";
  if (routing.proxied > 0) {
    say(victim, 1, `Passes ${percent(routing.proxied)} of its traffic on`);
  }
  if (hasNamesMoved && !isBack) {
    const stale = `stale resolvers ${percent(routing.resolved)}`;
    say(victim, 1, `DNS points to ${saviours.join(" and ")}`, stale);
  }
  if (stage === "restoring") {
    const share = routing.load[victim]! / routing.demand[victim]!;
    say(victim, 0, "Traffic comes back", `${percent(share)} of its users' requests are served here`);
  }
  return notices;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function perSecond(rate: number): string {
  const digits = `${Math.round(rate)}`.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${digits} requests/s`;
}
