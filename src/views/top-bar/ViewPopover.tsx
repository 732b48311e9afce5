import { Maximize, Presentation, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { CommandButton } from "../CommandButton.tsx";
import { LookSettings, PictureSettings } from "../settings/setting-groups.tsx";
import { Button } from "../ui/Button.tsx";
import { Popover, PopoverLink } from "../ui/Popover.tsx";
import { useCommand } from "../use-command.ts";
import styles from "./ViewPopover.module.css";

/** What changes how the view looks, within reach. */
export function ViewPopover(): ReactNode {
  const { run: openSettings } = useCommand("settings");
  return (
    <Popover
      title={texts.bar.view}
      trigger={
        <Button icon={<SlidersHorizontal />} title={texts.bar.view}>
          {texts.bar.view}
        </Button>
      }
    >
      <PictureSettings />
      <hr className={styles["line"]} />
      <LookSettings />
      <hr className={styles["line"]} />
      <div className={styles["commands"]}>
        <CommandButton id="kiosk" look="quiet" size="small" icon={<Presentation />}>
          {texts.view.kiosk}
        </CommandButton>
        <CommandButton id="fullscreen" look="quiet" size="small" icon={<Maximize />}>
          {texts.view.fullscreen}
        </CommandButton>
        <PopoverLink size="small" onClick={openSettings}>
          {texts.view.more}
        </PopoverLink>
      </div>
    </Popover>
  );
}
