import { CircleX, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";

import type { Toast } from "#store/app-state.ts";
import { selectToasts } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import styles from "./Toasts.module.css";

const icons: Readonly<Record<Toast["kind"], ReactNode>> = {
  info: <Info aria-hidden />,
  warning: <TriangleAlert aria-hidden />,
  error: <CircleX aria-hidden />,
};

/** Messages that come and go; screen readers hear them when they come, errors at once. */
export function Toasts(): ReactNode {
  const { actions } = useApp();
  const toasts = useAppState(selectToasts);
  const item = (toast: Toast): ReactNode => (
    <li key={toast.id} className={styles["toast"]} data-kind={toast.kind}>
      {icons[toast.kind]}
      <div className={styles["texts"]}>
        <span>{toast.text}</span>
        {toast.tip !== undefined && <span className={styles["tip"]}>{toast.tip}</span>}
      </div>
      <Button
        size="small"
        icon={<X />}
        aria-label={texts.ui.dismiss}
        onClick={() => actions.dismissToast(toast.id)}
      />
    </li>
  );
  return (
    <div className={styles["toasts"]}>
      <ul aria-live="polite" aria-relevant="additions text" className={styles["list"]}>
        {toasts.filter(({ kind }) => kind !== "error").map(item)}
      </ul>
      <ul aria-live="assertive" aria-relevant="additions text" className={styles["list"]}>
        {toasts.filter(({ kind }) => kind === "error").map(item)}
      </ul>
    </div>
  );
}
