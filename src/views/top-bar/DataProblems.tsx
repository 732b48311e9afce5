import { FileWarning } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { countOf, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Tooltip } from "../ui/Tooltip.tsx";

const selectCount = ({ feed }: AppState) => feed.source?.problems.length ?? 0;

/** There only when something is odd in the data. */
export function DataProblems(): ReactNode {
  const { actions } = useApp();
  const count = useAppState(selectCount);
  if (count === 0) return undefined;
  const text = countOf(texts.counts.problems, count);
  return (
    <Tooltip text={text}>
      <Button icon={<FileWarning />} aria-label={text} onClick={() => actions.openDialog("problems")}>
        {count}
      </Button>
    </Tooltip>
  );
}
