import { Filter } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { countOf, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Tooltip } from "../ui/Tooltip.tsx";
import { useCommand } from "../use-command.ts";

/** Nodes of the view that the filter hides. */
export const selectHiddenCount = ({ scene }: AppState) =>
  scene === undefined ? 0 : scene.all.nodes - scene.shown.nodes;

const selectIsOpen = ({ screen }: AppState) => screen.isFilterOpen;

/** Opens and closes the filter; says how much is hidden, so that nothing is ever missing without a word. */
export function FilterButton(): ReactNode {
  const { actions } = useApp();
  const hidden = useAppState(selectHiddenCount);
  const isOpen = useAppState(selectIsOpen);
  const { title, keys, ariaKeys, run } = useCommand("filter");
  return (
    <Tooltip text={title} keys={keys}>
      <Button
        icon={<Filter />}
        aria-label={hidden > 0 ? `${title}, ${countOf(texts.counts.hidden, hidden)}` : title}
        aria-keyshortcuts={ariaKeys}
        aria-expanded={isOpen}
        isOn={hidden > 0 ? true : undefined}
        onClick={isOpen ? actions.toggleFilter : run}
      >
        {hidden > 0 ? countOf(texts.counts.hidden, hidden) : undefined}
      </Button>
    </Tooltip>
  );
}
