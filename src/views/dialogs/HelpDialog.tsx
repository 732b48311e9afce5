import { Fragment, type ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import type { CommandGroup } from "#store/command.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { keyLabel } from "../keys/key-label.ts";
import { isMac } from "../keys/platform.ts";
import { QuerySyntax } from "../top-bar/QueryHelp.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import styles from "./HelpDialog.module.css";

const groups: readonly CommandGroup[] = ["move", "find", "time", "drill", "look", "share", "help"];

const selectSingleKeys = ({ settings }: AppState) => settings.singleKeys;

/** All keys, from the command table; gestures; how to search. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const hasSingleKeys = useAppState(selectSingleKeys);
  return (
    <Dialog title={texts.help.title} onClose={onClose} size="wide">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it scrolls by keyboard */}
      <section className={styles["body"]} aria-label={texts.help.title} tabIndex={0}>
        {!hasSingleKeys && <p className={styles["note"]}>{texts.help.singleKeysOff}</p>}
        <div className={styles["columns"]}>
          {groups.map((group) => (
            <KeyGroup key={group} group={group} />
          ))}
          <section className={styles["group"]}>
            <h3 className={styles["title"]}>{texts.help.pointer}</h3>
            <dl className={styles["rows"]}>
              {texts.help.pointerRows.map(({ gesture, meaning }) => (
                <Fragment key={gesture}>
                  <dt className={styles["meaning"]}>{gesture}</dt>
                  <dd className={styles["text"]}>{meaning}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
          <section className={styles["group"]}>
            <h3 className={styles["title"]}>{texts.help.search}</h3>
            <p className={styles["text"]}>{texts.help.searchIntro}</p>
            <QuerySyntax />
          </section>
        </div>
      </section>
    </Dialog>
  );
}

function KeyGroup({ group }: { readonly group: CommandGroup }): ReactNode {
  const { commands } = useApp();
  const own = commands.filter((command) => command.group === group && command.keys.length > 0);
  if (own.length === 0) return undefined;
  return (
    <section className={styles["group"]}>
      <h3 className={styles["title"]}>{texts.groups[group]}</h3>
      <dl className={styles["rows"]}>
        {own.map(({ id, title, keys }) => (
          <Fragment key={id}>
            <dt className={styles["meaning"]}>{title}</dt>
            <dd className={styles["keys"]}>
              <Keys keys={keys.map((key) => keyLabel(key, isMac))} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
