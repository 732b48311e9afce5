import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { Button } from "../ui/Button.tsx";
import { Popover } from "../ui/Popover.tsx";
import styles from "./QueryHelp.module.css";

/** What can be typed into "find" and "filter". */
export function QueryHelp(): ReactNode {
  return (
    <Popover
      title={texts.find.help}
      isTitled
      trigger={<Button size="small" icon={<CircleHelp />} aria-label={texts.find.help} />}
    >
      <QuerySyntax />
    </Popover>
  );
}

export function QuerySyntax(): ReactNode {
  return (
    <>
      <p className={styles["intro"]}>{texts.find.helpIntro}</p>
      <dl className={styles["terms"]}>
        {texts.find.syntax.map(({ term, meaning }) => (
          <div key={term} className={styles["row"]}>
            <dt>
              <code className={styles["term"]}>{term}</code>
            </dt>
            <dd className={styles["meaning"]}>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
