import { useEffect, useState, type ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { useServices } from "../app-context.ts";
import { Notice } from "./Notice.tsx";
import styles from "./Waiting.module.css";

/** After this time without a word from the server it is likely not running. */
const longMs = 6_000;

/** Before the first data. */
export function Waiting({ detail }: { readonly detail?: string }): ReactNode {
  const { clock } = useServices();
  const [isLong, setLong] = useState(false);
  useEffect(() => clock.after(longMs, () => setLong(true)), [clock]);
  return (
    <Notice
      icon={<span className={styles["drops"]} />}
      title={texts.states.connecting}
      tip={isLong ? texts.states.slow : texts.states.connectingTip}
      {...(detail === undefined || !isLong ? {} : { detail })}
    />
  );
}
