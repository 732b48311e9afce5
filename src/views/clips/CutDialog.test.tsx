import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { ok } from "#base/result.ts";
import type { CutAsk } from "#players/clip/clip-cutter.ts";
import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { CutDialog } from "./CutDialog.tsx";

afterEach(cleanup);

const start = Date.parse("2026-01-06T12:00:00Z");

/** The dialog over a feed of which five minutes are recorded. */
function open() {
  const asked: CutAsk[] = [];
  const test = createTestApp(twoRegions(start), "", {
    cutter: {
      cut: async (ask) => {
        asked.push(ask);
        return ok(new Blob(["x"]));
      },
    },
  });
  test.player.tell({
    source: { title: "Demo", feed: "demo", intervalMs: 1000, role: "viewer", problems: [] },
  });
  test.app.actions.changeSettings({ utc: true });
  test.app.store.setState(({ replay }) => ({
    replay: { ...replay, recording: { kind: "known" }, range: { from: start, to: start + 300_000 } },
  }));
  renderView(test, <CutDialog onClose={() => undefined} />);
  return { ...test, asked };
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

describe("cutting a clip", () => {
  it("proposes what the timeline shows, and asks for it to the millisecond", () => {
    const { asked } = open();
    expect([field("From").value, field("To").value]).toEqual(["2026-01-06 12:00:00", "2026-01-06 12:05:00"]);
    expect(screen.getByText(/About 300 frames, UTC/)).toBeTruthy();
    fireEvent.click(screen.getByRole("switch", { name: /Replace names/ }));
    fireEvent.change(field("Note"), { target: { value: " the outage " } });
    fireEvent.click(screen.getByRole("button", { name: "Save the clip" }));
    expect(asked).toEqual([
      { feed: "demo", from: start, to: start + 300_000, names: "pseudonyms", note: "the outage" },
    ]);
  });

  it("takes moments that are typed, and says what is wrong with others", () => {
    const { asked } = open();
    fireEvent.change(field("To"), { target: { value: "2026-01-06 11:00:00" } });
    expect(screen.getByText("The end must be later than the beginning.")).toBeTruthy();
    fireEvent.change(field("To"), { target: { value: "soon" } });
    expect(screen.getByText(/This is no moment/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Save the clip" }));
    expect(asked).toEqual([]);
    fireEvent.change(field("To"), { target: { value: "2026-01-06 12:01" } });
    fireEvent.click(screen.getByRole("button", { name: "Save the clip" }));
    expect(asked.map(({ to }) => to)).toEqual([start + 60_000]);
  });
});
