/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events
   -- HTML has no list whose items are driven from the list: the keys are commands (keys/use-keys.ts). */
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from "react";

import { every } from "#base/time.ts";
import type { ViewGraph } from "#domain/focus.ts";
import { findItem, nodeRef, pathOf, type NodePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { AppState } from "#store/app-state.ts";
import { changeOf, shownFrame, type CompareState, type ShownFrame } from "#store/compare-state.ts";
import {
  selectCursor,
  selectGraph,
  selectIsComparing,
  selectSnapshot,
  selectTopology,
} from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState, useServices } from "../app-context.ts";
import { nodeSentence } from "./node-sentence.ts";
import { viewSentence } from "./view-sentence.ts";
import styles from "./Twin.module.css";

/** Nodes that exist as elements on either side of the one that the keyboard is on. */
const nearby = 20;

/** Numbers are read anew this often, and whenever the keyboard moves. */
const refreshMs = 1000;

/**
 * The picture for those who do not see it, and for the keyboard: a list of the view's nodes, each in words. Arrows move in space, as on the picture; the keys are
 * the commands' own. What has the focus here is outlined there.
 */
export function Twin(): ReactNode {
  const graph = useAppState(selectGraph);
  return graph === undefined ? undefined : <NodeList graph={graph} />;
}

function NodeList({ graph }: { readonly graph: ViewGraph }): ReactNode {
  const { actions, store } = useApp();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const resting = useRef<NodePath | undefined>(undefined);
  const cursor = useAppState(selectCursor);
  const { compare, current, volumes } = useSlowFrame();
  const at = useMemo(() => positionIn(graph, current, cursor), [graph, current, cursor]);
  const from = Math.max(0, Math.min(Math.max(0, at) - nearby, graph.nodes.length - 2 * nearby));
  const options = useMemo(
    () =>
      current === undefined || volumes === undefined
        ? []
        : graph.nodes
            .slice(from, from + 2 * nearby + 1)
            .filter(({ node }) => current.topology.nodes[node] !== undefined)
            .map(({ node, role }) => {
              const change = changeOf(compare, nodeRef(current.topology, node));
              return { node, text: nodeSentence(current, volumes, node, role, change) };
            }),
    [graph, from, compare, current, volumes],
  );

  // A key that was pressed where nothing had the focus has moved the cursor: the list follows, so that it is heard.
  useEffect(() => {
    if (cursor !== undefined && document.activeElement === document.body) list.current?.focus();
  }, [cursor]);

  // In another view the keyboard, where it is here, begins anew.
  useEffect(() => {
    const isHere = graph.nodes.length > 0 && document.activeElement === list.current;
    if (isHere && store.getState().view.cursor === undefined) actions.moveCursor("right");
  }, [graph, actions, store]);

  const onFocus = (): void => {
    if (store.getState().view.cursor !== undefined) return;
    const now = selectSnapshot(store.getState());
    const isThere = resting.current !== undefined && positionIn(graph, now, resting.current) >= 0;
    if (isThere) actions.setCursor(resting.current);
    // Without a cursor any step begins at the entry.
    else actions.moveCursor("right");
  };
  const onBlur = (): void => {
    resting.current = store.getState().view.cursor;
    actions.setCursor(undefined);
  };

  if (current === undefined) return undefined;
  return (
    <>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className={styles["twin"]}
        aria-label={viewSentence(graph, current.topology)}
        aria-roledescription={texts.twin.role}
        aria-describedby={`${id}-how`}
        aria-activedescendant={at < 0 ? undefined : `${id}-${graph.nodes[at]?.node}`}
        data-picture-keys=""
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {options.map(({ node, text }, index) => (
          <div
            key={node}
            id={`${id}-${node}`}
            role="option"
            className={styles["option"]}
            aria-selected={from + index === at}
            aria-setsize={graph.nodes.length}
            aria-posinset={from + index + 1}
            // Screen readers press what they read.
            onClick={() => actions.select({ kind: "node", path: pathOf(current.topology, node) })}
          >
            {text}
          </div>
        ))}
      </div>
      <p id={`${id}-how`} hidden>
        {texts.twin.how}
      </p>
    </>
  );
}

interface SlowFrame extends ShownFrame {
  readonly compare: CompareState;
}

/** The frame as it was when last looked at: not every one is worth reading out. Other nodes are: the view's positions are theirs. */
function useSlowFrame(): SlowFrame {
  const { app, clock } = useServices();
  const revision = useAppState(selectTopology)?.revision;
  const isComparing = useAppState(selectIsComparing);
  const [frame, setFrame] = useState(() => frameOf(app.store.getState()));
  useEffect(() => every(clock, refreshMs, () => setFrame(frameOf(app.store.getState()))), [app, clock]);
  const isNew =
    frame.current?.topology.revision !== revision ||
    (frame.compare.comparison?.kind === "shown") !== isComparing;
  return isNew ? frameOf(app.store.getState()) : frame;
}

function frameOf(state: AppState): SlowFrame {
  return { ...shownFrame(state), compare: state.compare };
}

/** Position in the view of the node with that path; -1 where it is not in it. */
function positionIn(
  { nodes }: ViewGraph,
  current: TrafficSnapshot | undefined,
  path: NodePath | undefined,
): number {
  if (current === undefined || path === undefined) return -1;
  const item = findItem(current.topology, { kind: "node", path });
  return item?.kind === "node" ? nodes.findIndex(({ node }) => node === item.node) : -1;
}
