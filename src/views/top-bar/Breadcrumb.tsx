import { ChevronRight, Ellipsis } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import { pathKey, resolvePath, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import { selectFocus, selectTopology } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { labelOf } from "../facts/traffic-row.ts";
import { Button } from "../ui/Button.tsx";
import { Menu, MenuItem } from "../ui/Menu.tsx";
import styles from "./Breadcrumb.module.css";
import { Logo } from "./Logo.tsx";

interface Crumb {
  readonly path: NodePath;
  readonly label: string;
}

/** More steps than `most` are folded into a menu between the first `head` and the last `tail`. */
const room = { wide: { most: 4, head: 1, tail: 2 }, compact: { most: 1, head: 0, tail: 1 } } as const;

export function Breadcrumb({ isCompact }: { readonly isCompact: boolean }): ReactNode {
  const { actions } = useApp();
  const focus = useAppState(selectFocus);
  const topology = useAppState(selectTopology);
  const crumbs = useMemo(() => crumbsOf(focus, topology), [focus, topology]);
  const { most, head, tail } = isCompact ? room.compact : room.wide;
  const folded = crumbs.length > most ? crumbs.slice(head, -tail) : [];
  const last = crumbs.length - 1;
  return (
    <nav aria-label={texts.bar.path} className={styles["path"]}>
      {folded.length > 0 && isCompact ? undefined : <Logo />}
      <ol className={styles["steps"]}>
        {crumbs.map((crumb, index) => {
          if (folded.includes(crumb)) {
            return index === head ? (
              <li key="folded" className={styles["step"]}>
                {index > 0 && <ChevronRight aria-hidden className={styles["chevron"]} />}
                <Menu
                  align="start"
                  trigger={
                    <Button
                      size="small"
                      icon={<Ellipsis />}
                      aria-label={index > 0 ? texts.bar.pathMore : texts.bar.pathAbove}
                    />
                  }
                >
                  {folded.map(({ path, label }) => (
                    <MenuItem key={pathKey(path)} text={label} onPress={() => actions.enter(path)} />
                  ))}
                </Menu>
              </li>
            ) : undefined;
          }
          return (
            <li
              key={pathKey(crumb.path)}
              className={styles["step"]}
              data-last={index === last ? "" : undefined}
            >
              {index > 0 && <ChevronRight aria-hidden className={styles["chevron"]} />}
              <button
                type="button"
                className={styles["crumb"]}
                aria-current={index === last ? "page" : undefined}
                title={crumb.label}
                onClick={() => actions.enter(crumb.path)}
              >
                {crumb.label}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The places from the whole down to where one is; names in the data where they are not known yet. */
function crumbsOf(focus: NodePath, topology: Topology | undefined): readonly Crumb[] {
  return [[], ...focus.map((_, depth) => focus.slice(0, depth + 1))].map((path) => {
    const resolved = topology === undefined ? undefined : resolvePath(topology, path);
    const isKnown = topology !== undefined && resolved?.missing.length === 0;
    const label = isKnown ? labelOf(topology, resolved.node) : (path.at(-1) ?? texts.app.name);
    return { path, label };
  });
}
