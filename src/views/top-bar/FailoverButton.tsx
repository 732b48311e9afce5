import { drillWords } from "#store/drill-words.ts";
import { ArrowRightLeft } from "lucide-react";
import type { ReactNode } from "react";

import { CommandButton } from "../CommandButton.tsx";

/** Opens the plan for the region that is selected, entered or under the keyboard, else for the busiest. */
export function FailoverButton({ isCompact }: { readonly isCompact: boolean }): ReactNode {
  return (
    <CommandButton id="drill" look={isCompact ? "plain" : "quiet"} icon={<ArrowRightLeft />}>
      {isCompact ? undefined : drillWords.drillPanel.button}
    </CommandButton>
  );
}
