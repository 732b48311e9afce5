import { Pause, Play } from "lucide-react";
import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { CommandButton } from "../CommandButton.tsx";
import { useCommand } from "../use-command.ts";

/** Motion that starts by itself can always be stopped (WCAG 2.2.2). */
export function PauseButton(): ReactNode {
  const { isOn } = useCommand("pause");
  return isOn === true ? (
    <CommandButton id="pause" label={texts.bar.play} icon={<Play />} />
  ) : (
    <CommandButton id="pause" icon={<Pause />} />
  );
}
