/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events
   -- The pattern is a combobox: the keyboard stays in its field, and HTML has no list that a field drives. */
import { CornerDownLeft, Search } from "lucide-react";
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { canEnter } from "#domain/focus.ts";
import { resolvePath, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { App } from "#store/app.ts";
import type { AppState } from "#store/app-state.ts";
import { selectTopology } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState, useServices } from "../app-context.ts";
import { keyLabel } from "../keys/key-label.ts";
import { isMac } from "../keys/platform.ts";
import { runCommand } from "../run-command.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import styles from "./CommandPalette.module.css";
import { commandItems, nodeItems, paletteResults, type PaletteItem } from "./palette-items.ts";

/** Every command and every node by a few letters of its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { app, recentChoices } = useServices();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(() => firstQuery(app.store.getState()));
  const [active, setActive] = useState(0);
  const topology = useAppState(selectTopology);
  const nodes = useMemo(() => nodeItems(topology), [topology]);
  const results = useMemo(
    () => paletteResults(query, commandItems(app.commands, app.store.getState()), nodes, recentChoices.keys),
    [app, query, nodes, recentChoices],
  );
  const items = results.groups.flatMap((group) => group.items);
  const at = Math.min(active, items.length - 1);

  const choose = (item: PaletteItem, goIn: boolean): void => {
    recentChoices.add(item.key);
    // Closed first: a command may open another dialog, or put the keyboard somewhere.
    onClose();
    if (item.kind === "command") runCommand(app, item.command);
    else goTo(app, item.path, goIn);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const item = items[at];
    if (event.key === "ArrowDown") setActive((at + 1) % Math.max(1, items.length));
    else if (event.key === "ArrowUp") setActive((at - 1 + items.length) % Math.max(1, items.length));
    else if (event.key === "Enter" && item !== undefined) choose(item, isMac ? event.metaKey : event.ctrlKey);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={texts.palette.label} isTitleHidden onClose={onClose} initialFocus={field}>
      <div className={styles["field"]}>
        <Search aria-hidden />
        <input
          ref={field}
          type="text"
          role="combobox"
          className={styles["input"]}
          aria-label={texts.palette.placeholder}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={items[at] === undefined ? undefined : `${id}-${at}`}
          placeholder={texts.palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={texts.palette.results}
        className={styles["list"]}
        tabIndex={-1}
      >
        {results.groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <p className={styles["group"]} aria-hidden="true">
              {group.title}
            </p>
            {group.items.map((item) => (
              <Option
                key={item.key}
                id={`${id}-${items.indexOf(item)}`}
                item={item}
                isActive={items[at] === item}
                onPoint={() => setActive(items.indexOf(item))}
                onChoose={(goIn) => choose(item, goIn)}
              />
            ))}
          </div>
        ))}
      </div>
      <output className={styles["foot"]}>
        {items.length === 0 ? texts.palette.nothing : isMac ? texts.palette.hintMac : texts.palette.hint}
        {results.more > 0 && ` ${fill(texts.palette.more, { count: results.more })}`}
      </output>
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: (goIn: boolean) => void;
}

function Option({ id, item, isActive, onPoint, onChoose }: OptionProps): ReactNode {
  const { store } = useApp();
  const isOn = item.kind === "command" ? item.command.isOn?.(store.getState()) : undefined;
  return (
    <div
      ref={(element) => {
        if (isActive) element?.scrollIntoView?.({ block: "nearest" });
      }}
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles["option"]}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    >
      <span className={styles["title"]}>{item.title}</span>
      {item.kind === "node" && item.place !== "" && <span className={styles["place"]}>{item.place}</span>}
      {isOn !== undefined && <span className={styles["place"]}>{isOn ? texts.ui.on : texts.ui.off}</span>}
      <span className={styles["end"]}>
        {item.kind === "command" ? (
          <Keys keys={item.command.keys.slice(0, 1).map((key) => keyLabel(key, isMac))} />
        ) : (
          isActive && <CornerDownLeft aria-hidden />
        )}
      </span>
    </div>
  );
}

/** What "find" did not find in the view, one looks for everywhere. */
function firstQuery({ search, scene }: AppState): string {
  return search.find !== "" && scene?.found?.size === 0 ? search.find : "";
}

/** Shows a node where it stands, selected; or goes inside it. Places that are entered rather than looked at are always gone into. */
function goTo({ actions, store }: App, path: NodePath, goIn: boolean): void {
  const topology = selectTopology(store.getState());
  if (topology === undefined || path.length === 0 || goIn || isPlace(topology, path)) {
    actions.enter(path);
    return;
  }
  actions.enter(path.slice(0, -1));
  actions.select({ kind: "node", path });
}

/** A node with a graph of its own, as a region has. */
function isPlace(topology: Topology, path: NodePath): boolean {
  const { node } = resolvePath(topology, path);
  return canEnter(topology, node) && (topology.inside[node]?.length ?? 0) > 0;
}
