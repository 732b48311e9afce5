import type { TestType } from "@playwright/test";

import { expect, test as base } from "./fixtures.ts";
import { DrillPage } from "./pages/drill-page.ts";

interface DrillFixtures {
  /** The page, not opened yet, with the words for drills. Ends as `spillway` does: nothing may have been complained about. */
  readonly drill: DrillPage;
}

type DrillTest = typeof base extends TestType<infer T, infer W> ? TestType<T & DrillFixtures, W> : never;

export const test: DrillTest = base.extend<DrillFixtures>({
  // `spillway` keeps the complaints of the same page, and looks at them in the end.
  drill: async ({ spillway }, use) => {
    await use(new DrillPage(spillway.page));
  },
});

export { expect };
