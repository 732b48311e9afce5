import type { Diagnostic } from "#domain/diagnostic.ts";
import { findItem, resolvePath } from "#domain/node-path.ts";
import type { Notice, NoticeTarget } from "#domain/notice.ts";
import type { Topology } from "#domain/topology.ts";

/** More would hide the picture behind badges; all of them are in the list of problems. */
const greatestNotices = 50;

/** What was left out or mended, as notices on what is drawn of it: an absence that nobody is told of is a lie. */
export function problemNotices(problems: readonly Diagnostic[], topology: Topology): readonly Notice[] {
  return problems
    .filter(({ kind, about }) => kind !== "note" && about !== undefined)
    .slice(0, greatestNotices)
    .map(({ kind, found, done, place, about }): Notice => ({
      target: about === undefined ? { kind: "node", node: 0 } : nearest(topology, about),
      title: `${done.slice(0, 1).toUpperCase()}${done.slice(1)}: ${found}`,
      subtitle: `At ${place} of the file`,
      severity: kind === "dropped" ? 1 : 0,
    }));
}

function nearest(topology: Topology, about: NonNullable<Diagnostic["about"]>): NoticeTarget {
  const item = findItem(topology, about);
  if (item !== undefined) return item;
  const path = about.kind === "node" ? about.path : [...about.parent, about.source];
  return { kind: "node", node: resolvePath(topology, path).node };
}
