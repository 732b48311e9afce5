import { isBoundary } from "#domain/boundary.ts";
import { pathKey, pathOf, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { AppState } from "#store/app-state.ts";
import type { Command } from "#store/command.ts";
import { texts } from "#store/texts.ts";

import { labelOf } from "../facts/traffic-row.ts";
import { fuzzyScore } from "./fuzzy-score.ts";

export type PaletteItem =
  | { readonly kind: "command"; readonly key: string; readonly title: string; readonly command: Command }
  | {
      readonly kind: "node";
      readonly key: string;
      readonly title: string;
      /** Where it is: the names above it. */
      readonly place: string;
      readonly path: NodePath;
    };

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

export interface PaletteResults {
  readonly groups: readonly PaletteGroup[];
  /** Matches that are not listed. */
  readonly more: number;
}

/** More lines than this nobody reads; typing on is faster. */
const mostResults = 80;
const mostRecent = 5;

export function commandItems(commands: readonly Command[], state: AppState): readonly PaletteItem[] {
  return commands
    .filter(({ isHidden, isAvailable }) => isHidden !== true && isAvailable?.(state) !== false)
    .map((command) => ({
      kind: "command",
      key: `command ${command.id}`,
      title: command.title,
      command,
    }));
}

export function nodeItems(topology: Topology | undefined): readonly PaletteItem[] {
  if (topology === undefined) return [];
  const places: string[] = [];
  return topology.nodes.flatMap(({ parent }, node): readonly PaletteItem[] => {
    const title = labelOf(topology, node);
    const above = places[parent] ?? "";
    // Parents come before their children.
    places.push(node === 0 ? "" : above === "" ? title : `${above} › ${title}`);
    // The region that it stands for is listed itself.
    if (isBoundary(topology, node)) return [];
    const path = pathOf(topology, node);
    return [{ kind: "node", key: `node ${pathKey(path)}`, title, place: above, path }];
  });
}

/** What a query finds, the best first; without one the recent choices and all commands. */
export function paletteResults(
  query: string,
  commands: readonly PaletteItem[],
  nodes: readonly PaletteItem[],
  recent: readonly string[],
): PaletteResults {
  const text = query.trim();
  if (text === "") {
    const known = new Map([...commands, ...nodes].map((item) => [item.key, item]));
    const again = recent.flatMap((key) => known.get(key) ?? []).slice(0, mostRecent);
    const rest = commands.filter((item) => !again.includes(item));
    return { groups: grouped([texts.palette.recent, again], [texts.palette.commands, rest]), more: 0 };
  }
  const foundCommands = ranked(text, commands, recent);
  const foundNodes = ranked(text, nodes, recent);
  const room = mostResults - Math.min(foundCommands.length, mostResults / 2);
  const more = Math.max(0, foundNodes.length - room);
  const goTo: Group = [texts.palette.goTo, foundNodes.slice(0, room)];
  const run: Group = [texts.palette.commands, foundCommands.slice(0, mostResults)];
  // Whichever has the better first match stands first.
  const isNodeBetter = bestScore(text, foundNodes) > bestScore(text, foundCommands);
  return { groups: isNodeBetter ? grouped(goTo, run) : grouped(run, goTo), more };
}

type Group = readonly [string, readonly PaletteItem[]];

function grouped(...groups: readonly Group[]): readonly PaletteGroup[] {
  return groups.filter(([, items]) => items.length > 0).map(([title, items]) => ({ title, items }));
}

function ranked(
  query: string,
  items: readonly PaletteItem[],
  recent: readonly string[],
): readonly PaletteItem[] {
  return items
    .flatMap((item) => {
      const score = scoreOf(query, item);
      const bonus = recent.includes(item.key) ? 100 : 0;
      return score === undefined ? [] : [{ item, score: score + bonus }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function bestScore(query: string, items: readonly PaletteItem[]): number {
  const first = items[0];
  return first === undefined ? -Infinity : (scoreOf(query, first) ?? -Infinity);
}

/** A name counts more than the place that it is in. */
function scoreOf(query: string, item: PaletteItem): number | undefined {
  const own = fuzzyScore(query, item.title);
  if (own !== undefined || item.kind === "command") return own;
  const whole = fuzzyScore(query, `${item.place} ${item.title}`);
  return whole === undefined ? undefined : whole / 10;
}
