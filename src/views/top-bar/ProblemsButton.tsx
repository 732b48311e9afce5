import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { sameFound, selectFound, type Found } from "./found.ts";

/** How many of the nodes have a problem, while only those are asked for. */
const selectProblems = (state: AppState): Found | undefined =>
  state.search.onlyProblems ? selectFound(state) : undefined;

/** Dims what is healthy. */
export function ProblemsButton(): ReactNode {
  const found = useAppState(selectProblems, sameFound);
  return (
    <CommandButton id="only-problems" icon={<TriangleAlert />}>
      {found === undefined ? undefined : problemsText(found)}
    </CommandButton>
  );
}

function problemsText({ count, all }: Found): string {
  return count === 0 ? texts.onlyProblems.none : fill(texts.onlyProblems.found, { count, all });
}
