import { isJsonObject } from "#base/json.ts";

/**
 * A document in Vizceral's format with a merge patch applied to it (RFC 7396: what is named is added or changed, null removes), where nodes and
 * connections are known by their names rather than by their places in a list:
 *
 *   "nodes": [{"name": "web", ...}]           or {"web": {...}, "cart": null}
 *   "connections": [{"source", "target", ...}] or {"web": {"cart": {...}, "db": null}, "old": null}
 *
 * Null in place of a source removes all connections from it. Neither argument is changed. The patch must not be deeper than the stack.
 */
export function mergePatch(
  target: Record<string, unknown>,
  patch: Record<string, unknown>,
): Record<string, unknown> {
  const result = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const before = result.get(key);
    if (value === null) result.delete(key);
    else if (key === "nodes") result.set(key, patchNodes(before, value));
    else if (key === "connections") result.set(key, patchConnections(before, value));
    else if (isJsonObject(value)) result.set(key, mergePatch(isJsonObject(before) ? before : {}, value));
    else result.set(key, value);
  }
  // Unlike an assignment, this makes a key "__proto__" a key like any other.
  return Object.fromEntries(result);
}

interface Change {
  readonly key: string;
  /** Keys that the item has where it is new. */
  readonly names: Readonly<Record<string, unknown>>;
  /** Undefined: it is removed. */
  readonly patch: Record<string, unknown> | undefined;
}

function patchNodes(before: unknown, patch: unknown): unknown {
  const changes = isJsonObject(patch)
    ? Object.entries(patch).map(([name, value]) => changeOf(name, { name }, value))
    : Array.isArray(patch)
      ? patch.map((item: unknown) => (isJsonObject(item) ? changeOf(nodeKey(item), {}, item) : item))
      : undefined;
  return changes === undefined ? patch : applied(before, changes, nodeKey);
}

function patchConnections(before: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) {
    const changes = patch.map((item: unknown) =>
      isJsonObject(item) ? changeOf(connectionKey(item), {}, item) : item,
    );
    return applied(before, changes, connectionKey);
  }
  if (!isJsonObject(patch)) return patch;
  const goneSources = new Set(Object.keys(patch).filter((source) => patch[source] === null));
  const kept = listOf(before).filter(
    (item) => !isJsonObject(item) || !goneSources.has(textOf(item["source"])),
  );
  const changes = Object.entries(patch).flatMap(([source, targets]) =>
    isJsonObject(targets)
      ? Object.entries(targets).map(([target, value]) =>
          changeOf(connectionKey({ source, target }), { source, target }, value),
        )
      : targets === null
        ? []
        : [targets],
  );
  return applied(kept, changes, connectionKey);
}

/** What is no object changes nothing that has a name; it stays in the list as it is, for the reader to tell of. */
function changeOf(key: string, names: Change["names"], value: unknown): unknown {
  if (value === null) return { key, names, patch: undefined };
  return isJsonObject(value) ? { key, names, patch: value } : value;
}

/** The list with the changes; what is named anew comes last, and of several items of one name the first is changed and stays. */
function applied(
  before: unknown,
  changes: readonly unknown[],
  keyOf: (item: Record<string, unknown>) => string,
): readonly unknown[] {
  const items = listOf(before);
  const changed = new Map<string, Record<string, unknown> | undefined>();
  const firstOf = new Map<string, Record<string, unknown>>();
  for (const item of items) {
    if (isJsonObject(item) && !firstOf.has(keyOf(item))) firstOf.set(keyOf(item), item);
  }
  const strange: unknown[] = [];
  for (const change of changes) {
    if (!isChange(change)) strange.push(change);
    else if (change.patch === undefined) changed.set(change.key, undefined);
    else {
      const base = changed.has(change.key) ? changed.get(change.key) : firstOf.get(change.key);
      changed.set(change.key, mergePatch(base ?? change.names, change.patch));
    }
  }
  const kept = items.flatMap((item): unknown[] => {
    if (!isJsonObject(item)) return [item];
    const key = keyOf(item);
    if (!changed.has(key)) return [item];
    const now = changed.get(key);
    changed.delete(key);
    // A second one of that name would add its own rates to those that were just said.
    changed.set(key, undefined);
    return now === undefined ? [] : [now];
  });
  const added = [...changed].flatMap(([, item]) => (item === undefined ? [] : [item]));
  return [...kept, ...added, ...strange];
}

function isChange(value: unknown): value is Change {
  return isJsonObject(value) && "names" in value && "patch" in value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nodeKey(item: Record<string, unknown>): string {
  return textOf(item["name"]);
}

function connectionKey(item: Record<string, unknown>): string {
  return JSON.stringify([textOf(item["source"]), textOf(item["target"])]);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
