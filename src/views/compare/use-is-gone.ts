import type { ItemRef } from "#domain/node-path.ts";
import { changeOf } from "#store/compare-state.ts";

import { useAppState } from "../app-context.ts";

/** Whether it was there only at the moment that is compared with: of the last minutes there is nothing to tell then. */
export function useIsGone(item: ItemRef): boolean {
  return useAppState(({ compare }) => changeOf(compare, item)?.kind === "gone");
}
