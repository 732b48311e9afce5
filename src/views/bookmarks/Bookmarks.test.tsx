import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { MemoryBookmarks } from "#testing/memory-bookmarks.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { Dialogs } from "../dialogs/Dialogs.tsx";

const start = Date.UTC(2026, 0, 6, 12);
const two = [
  { id: "a", at: start + 10_000, note: "deploy" },
  { id: "b", at: start + 20_000, to: start + 25_000, note: "" },
];

function opened(command: "bookmark" | "bookmarks", bookmarks: MemoryBookmarks, role: "viewer" | "operator") {
  const recording = new MemoryRecording(
    Array.from({ length: 60 }, (_, i) => twoRegions(start + i * 1000)),
    20,
  );
  const test = createTestApp(undefined, "", { recording, bookmarks });
  test.app.actions.changeSettings({ utc: true });
  test.app.actions.watchTimeline(true);
  test.player.tell({ source: { title: "Test", feed: "test", intervalMs: 1000, role, problems: [] } });
  test.player.show(twoRegions(start + 59_000));
  renderView(test, <Dialogs />);
  void test.app.commands.find(({ id }) => id === command)?.run(test.app);
  return test;
}

const dialog = ({ app }: TestApp) => app.store.getState().screen.dialog;

afterEach(cleanup);

describe("the dialog that sets a bookmark", () => {
  it("names the moment, takes a note, and closes when the bookmark is kept", async () => {
    const bookmarks = new MemoryBookmarks();
    const test = opened("bookmark", bookmarks, "operator");
    expect(await screen.findByText("12:00:59 UTC")).toBeDefined();
    fireEvent.change(screen.getByLabelText("Note"), { target: { value: "deploy" } });
    fireEvent.click(screen.getByRole("button", { name: "Set the bookmark" }));
    await expect.poll(() => dialog(test)).toBeUndefined();
    expect(bookmarks.bookmarks).toMatchObject([{ at: start + 59_000, note: "deploy" }]);
  });

  it("stays, with what was typed, and says why when it is not kept", async () => {
    const bookmarks = new MemoryBookmarks();
    const test = opened("bookmark", bookmarks, "operator");
    const field = await screen.findByLabelText<HTMLInputElement>("Note");
    fireEvent.change(field, { target: { value: "deploy" } });
    bookmarks.fault = "The disk is full.";
    fireEvent.click(screen.getByRole("button", { name: "Set the bookmark" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The disk is full.");
    expect(field.value).toBe("deploy");
    expect(dialog(test)).toBe("bookmark");
  });
});

describe("the list of bookmarks", () => {
  it("names each with its time, the newest first, and removes it", async () => {
    const bookmarks = new MemoryBookmarks(two);
    opened("bookmarks", bookmarks, "operator");
    await screen.findByRole("button", { name: "Go to 12:00:10 UTC: deploy" });
    const names = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(names).toEqual(["12:00:20 UTC to 12:00:25 UTCWithout a note", "12:00:10 UTCdeploy"]);
    fireEvent.click(screen.getByRole("button", { name: "Remove the bookmark at 12:00:10 UTC" }));
    await expect.poll(() => screen.getAllByRole("listitem").length).toBe(1);
    expect(bookmarks.bookmarks.map(({ id }) => id)).toEqual(["b"]);
  });

  it("leads to a moment and closes", async () => {
    const test = opened("bookmarks", new MemoryBookmarks(two), "operator");
    fireEvent.click(await screen.findByRole("button", { name: "Go to 12:00:10 UTC: deploy" }));
    expect(dialog(test)).toBeUndefined();
  });

  it("offers a viewer to go there, and nothing else", async () => {
    opened("bookmarks", new MemoryBookmarks(two), "viewer");
    await screen.findByRole("button", { name: "Go to 12:00:10 UTC: deploy" });
    expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
  });

  it("says how to set one where there is none", async () => {
    opened("bookmarks", new MemoryBookmarks(), "operator");
    expect(await screen.findByText(/^Press B at a moment/)).toBeDefined();
  });
});
