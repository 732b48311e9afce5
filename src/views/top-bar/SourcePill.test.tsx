import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { SourcePill } from "./SourcePill.tsx";

afterEach(cleanup);

it("goes on ageing while nothing comes, by the source's clock", () => {
  const test = createTestApp(twoRegions(testStart));
  renderView(test, <SourcePill />);
  const pill = screen.getByRole("button");
  act(() => test.clock.advance(3_000));
  expect(pill.textContent).toBe("Liveas of 3 s ago");
  // The source's clock is two seconds ahead of this machine's.
  act(() => test.player.tell({ clockOffsetMs: 2_000 }));
  expect(pill.textContent).toBe("Liveas of 5 s ago");
});
