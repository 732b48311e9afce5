import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { temporaryFolder } from "#testing/store-fixture.ts";

import { BookmarkStore } from "./bookmark-store.ts";

let folder = temporaryFolder();

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

function storeAt(path: string | undefined, setAside: string[] = []): BookmarkStore {
  let ids = 0;
  return new BookmarkStore({
    path,
    newId: () => `b${(ids += 1)}`,
    onSetAside: (_, as) => setAside.push(as),
  });
}

describe("bookmarks", () => {
  it("survive a restart, in order of time", async () => {
    const path = join(folder.path, "feed", "bookmarks.json");
    const store = storeAt(path);
    await store.add({ at: 5, note: "five" });
    await store.add({ at: 3, to: 4, note: "three" });
    expect(storeAt(path).list()).toEqual(store.list());
    expect(store.list().map(({ note }) => note)).toEqual(["three", "five"]);
    await store.remove("b1");
    expect(
      storeAt(path)
        .list()
        .map(({ id }) => id),
    ).toEqual(["b2"]);
  });

  it("that come at once are all kept", async () => {
    const path = join(folder.path, "bookmarks.json");
    const store = storeAt(path);
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.add({ at, note: "" })));
    expect(storeAt(path).list()).toHaveLength(20);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it("are a thousand at most", async () => {
    const store = storeAt(undefined);
    for (let at = 0; at < 1000; at += 1) await store.add({ at, note: "" });
    expect(await store.add({ at: 1, note: "" })).toEqual({ ok: false, error: "full" });
    await store.remove("b1");
    expect((await store.add({ at: 1, note: "" })).ok).toBe(true);
  });

  it("that cannot be written are not there, and what was there still is", async () => {
    const path = join(folder.path, "bookmarks.json");
    const store = storeAt(path);
    await store.add({ at: 1, note: "kept" });
    // A folder in the place of the file that is written first.
    mkdirSync(`${path}.new`);
    await expect(store.add({ at: 2, note: "not kept" })).rejects.toThrow("EISDIR");
    await expect(store.remove("b1")).rejects.toThrow("EISDIR");
    expect(store.list().map(({ note }) => note)).toEqual(["kept"]);
    expect(storeAt(path).list()).toHaveLength(1);
  });

  it.each([
    ["nonsense", "{"],
    ["another shape", "[]"],
    ["a bookmark that is none", '{"bookmarks":[{"id":"A B","at":1,"note":""}]}'],
  ])("in a file that holds %s are set aside, and told", (_, text) => {
    const path = join(folder.path, "bookmarks.json");
    writeFileSync(path, text);
    const setAside: string[] = [];
    expect(storeAt(path, setAside).list()).toEqual([]);
    expect(setAside).toEqual([`${path}.damaged`]);
    expect(readFileSync(`${path}.damaged`, "utf8")).toBe(text);
  });
});
