import type { SortOrder } from "../facts/sort-rows.ts";

/** How each table of the panel is sorted. */
export interface PanelSorts {
  readonly incoming: SortOrder;
  readonly outgoing: SortOrder;
  readonly instances: SortOrder;
}

export const usualSorts: PanelSorts = {
  incoming: { column: "rate", isDescending: true },
  outgoing: { column: "rate", isDescending: true },
  instances: { column: "name", isDescending: false },
};
