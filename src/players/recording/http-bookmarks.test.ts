import { describe, expect, it } from "vitest";

import { httpBookmarks } from "./http-bookmarks.ts";

/** A server that gives one answer, and what it was asked. */
function answering(body: string | undefined, status = 200) {
  const asked: unknown[] = [];
  const source = httpBookmarks({
    base: "http://127.0.0.1/under/",
    fetch: (url, { method = "GET", body: sent, headers }) => {
      const authorization = new Headers(headers).get("authorization");
      asked.push([method, url.pathname, sent, authorization]);
      return Promise.resolve(new Response(body, { status }));
    },
  });
  return { source, asked };
}

describe("bookmarks over HTTP", () => {
  it("are listed in the order of time; what is none is left out", async () => {
    const bookmarks = [
      { id: "b", at: 20, note: "later" },
      { id: "?" },
      7,
      { id: "a", at: 10, to: 15, note: "" },
    ];
    const { source, asked } = answering(JSON.stringify({ bookmarks }));
    expect(await source.list("a/b")).toEqual({
      ok: true,
      value: [
        { id: "a", at: 10, to: 15, note: "" },
        { id: "b", at: 20, note: "later" },
      ],
    });
    expect(asked).toEqual([["GET", "/under/api/feeds/a%2Fb/bookmarks", undefined, null]]);
  });

  it("are set and removed with the token, and are then as the server keeps them", async () => {
    const kept = { id: "x-1", at: 10, note: "deploy" };
    const { source, asked } = answering(JSON.stringify(kept), 201);
    source.authorize?.("secret");
    expect(await source.add("demo", { at: 10, note: "deploy" })).toEqual({ ok: true, value: kept });
    expect(asked).toEqual([
      ["POST", "/under/api/feeds/demo/bookmarks", '{"at":10,"note":"deploy"}', "Bearer secret"],
    ]);
    const removing = answering(undefined, 204);
    expect(await removing.source.remove("demo", "x-1")).toEqual({ ok: true, value: undefined });
    expect(removing.asked).toEqual([["DELETE", "/under/api/feeds/demo/bookmarks/x-1", undefined, null]]);
  });

  it("say what the server says when it says no", async () => {
    const { source } = answering(JSON.stringify({ error: { message: "Not you." } }), 403);
    expect(await source.list("demo")).toEqual({ ok: false, error: "Not you." });
    expect(await source.add("demo", { at: 1, note: "" })).toEqual({ ok: false, error: "Not you." });
    expect(await source.remove("demo", "a")).toEqual({ ok: false, error: "Not you." });
  });

  it("survive any answer", async () => {
    for (const body of ["", "{", "[]", "null", '{"bookmarks":7}']) {
      const { source } = answering(body);
      expect(await source.list("demo")).toMatchObject({ ok: false });
      expect(await source.add("demo", { at: 1, note: "" })).toMatchObject({ ok: false });
    }
  });
});
