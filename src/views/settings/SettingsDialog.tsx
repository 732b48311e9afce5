import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { Dialog } from "../ui/Dialog.tsx";
import { KeyboardSettings, LookSettings, PictureSettings } from "./setting-groups.tsx";
import styles from "./SettingsDialog.module.css";

export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title={texts.settings.title} onClose={onClose} size="small">
      <div className={styles["body"]}>
        <Group title={texts.settings.look}>
          <LookSettings />
        </Group>
        <Group title={texts.settings.picture}>
          <PictureSettings />
        </Group>
        <Group title={texts.settings.keyboard}>
          <KeyboardSettings />
        </Group>
        <p className={styles["note"]}>{texts.settings.kept}</p>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={styles["group"]}>
      <h3 className={styles["title"]}>{title}</h3>
      {children}
    </section>
  );
}
