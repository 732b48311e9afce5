import { act, cleanup } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import type { SourceInfo } from "#players/player.ts";
import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { FeedBanner } from "./FeedBanner.tsx";

afterEach(cleanup);

/** A source that shows one frame and says this of itself. */
function shown(change: Partial<SourceInfo> = {}) {
  const test = createTestApp(twoRegions(testStart));
  const { container } = renderView(test, <FeedBanner />);
  const source = { title: "Test", feed: "test", intervalMs: 1000, role: "viewer", problems: [] } as const;
  const tell = (more: Partial<SourceInfo>) => act(() => test.player.tell({ source: { ...source, ...more } }));
  tell(change);
  const goStale = () => act(() => test.player.tell({ phase: { kind: "stale", lastFrameAt: testStart } }));
  return { said: () => container.textContent, tell, goStale };
}

describe("the line over the picture", () => {
  it("is not there while everything is as it should be", () => {
    expect(shown().said()).toBe("");
  });

  it("says that a live feed is stale, and how old its numbers are", () => {
    const { said, goStale } = shown();
    goStale();
    expect(said()).toContain("No data for");
  });

  it("says since when the server cannot record, and stops saying so when it can again", () => {
    const { said, tell } = shown({ unrecordedSince: testStart });
    expect(said()).toMatch(/^Not recorded since \d\d:\d\d:\d\d: the server cannot write/);
    tell({});
    expect(said()).toBe("");
  });

  it("says that a recording has ended, or that it has a gap, and does not wait for what was long ago", () => {
    const ended = shown({ past: { from: 0, to: testStart } });
    ended.goStale();
    expect(ended.said()).toBe("The recording ends here. The timeline leads back into it.");
    const open = shown({ past: { from: 0, to: testStart + 60_000 } });
    open.goStale();
    expect(open.said()).toBe("Nothing was recorded here. The picture shows the last frame before.");
  });
});
