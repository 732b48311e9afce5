import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { err, ok, type Result } from "#base/result.ts";
import type { FeedSource } from "#players/feed-sources.ts";
import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";
import { turns } from "#testing/turns.ts";

import { SourcePill } from "../top-bar/SourcePill.tsx";
import { SourcesDialog } from "./SourcesDialog.tsx";

afterEach(cleanup);

const mesh: FeedSource = {
  name: "mesh",
  kind: "prometheus",
  state: "ok",
  at: testStart,
  windowMs: 60_000,
  sampling: undefined,
  error: undefined,
  edges: 1_412,
  problems: 0,
  counts: [["series read", 9_000]],
};
const spans: FeedSource = {
  ...mesh,
  name: "spans",
  kind: "otlp",
  state: "failed",
  at: testStart - 90_000,
  sampling: 0.1,
  error: "<img src=x> does not answer.",
  counts: [
    ["paired", 5_000],
    ["late", 7],
    ["dropped", 1],
  ],
};

/** A page whose server answers with what is in `answers`, the last again and again. */
function start(...answers: Result<readonly FeedSource[], string>[]) {
  const asked: string[] = [];
  const test = createTestApp(twoRegions(testStart), "", {
    sources: {
      list: (feed) => {
        asked.push(feed);
        return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? ok([]));
      },
    },
  });
  const source = test.app.store.getState().feed.source;
  if (source === undefined) throw new Error("no source");
  test.player.tell({ source: { ...source, sources: { count: 2, silent: 1 } } });
  const pass = async (ms: number) => {
    await act(async () => {
      test.clock.advance(ms);
      await turns();
    });
  };
  return { ...test, asked, pass };
}

const rowOf = (name: string) => {
  const row = screen.getByText(name).closest("li");
  if (row === null) throw new Error(`no row ${name}`);
  return within(row);
};
const fact = (name: string, what: string) => rowOf(name).getByText(what).nextElementSibling?.textContent;

it("tells of each source how it is, how old, and what it counts, and goes on ageing", async () => {
  const test = start(ok([mesh, spans]));
  test.app.actions.openDialog("sources");
  renderView(test, <SourcesDialog onClose={() => undefined} />);
  await test.pass(0);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(rowOf("mesh").getByText("Fresh")).toBeDefined();
  expect([fact("mesh", "Edges"), fact("mesh", "series read")]).toEqual(["1,412", "9,000"]);
  expect(rowOf("spans").getByText("Failed")).toBeDefined();
  expect(rowOf("spans").getByText("<img src=x> does not answer.").querySelector("img")).toBeNull();
  expect([fact("spans", "Observed"), fact("spans", "late")]).toEqual(["10.0 %, scaled up", "7"]);
  expect(rowOf("mesh").getByText("0 s old")).toBeDefined();
  await test.pass(1_000);
  expect(rowOf("mesh").getByText("1 s old")).toBeDefined();
});

it("asks again while it is open, and no longer", async () => {
  const test = start(ok([mesh, spans]), ok([mesh, { ...spans, state: "ok", error: undefined }]));
  await test.pass(10_000);
  expect(test.asked).toEqual([]);
  test.app.actions.openDialog("sources");
  renderView(test, <SourcesDialog onClose={() => undefined} />);
  await test.pass(0);
  await test.pass(2_000);
  expect(rowOf("spans").getByText("Fresh")).toBeDefined();
  const count = test.asked.length;
  test.app.actions.openDialog(undefined);
  await test.pass(60_000);
  expect(test.asked).toHaveLength(count);
});

it("says why it does not know, and keeps what it knew", async () => {
  const test = start(ok([mesh]), err("The server cannot be reached."));
  test.app.actions.openDialog("sources");
  renderView(test, <SourcesDialog onClose={() => undefined} />);
  await test.pass(0);
  await test.pass(2_000);
  expect(screen.getByRole("alert").textContent).toContain("The server cannot be reached.");
  expect(screen.getByText("mesh")).toBeDefined();
});

it("is announced by the state of the feed", () => {
  const test = start(ok([mesh, spans]));
  renderView(test, <SourcePill />);
  expect(screen.getByRole("button").textContent).toBe("Live1 of 2 sources stale");
});
