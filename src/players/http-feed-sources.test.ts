import { expect, it } from "vitest";

import { httpFeedSources } from "./http-feed-sources.ts";

function answering(body: unknown, status = 200) {
  const asked: { readonly url: string; readonly headers: unknown }[] = [];
  const sources = httpFeedSources({
    base: "http://127.0.0.1:8080/below/",
    fetch: (url, init) => {
      asked.push({ url: url.href, headers: init.headers });
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    },
  });
  return { sources, asked };
}

const whole = {
  name: "mesh",
  kind: "prometheus",
  state: "ok",
  at: 1_700_000_000_000,
  windowMs: 60_000,
  sampling: 0.1,
  edges: 12,
  problems: 2,
  counts: { "series read": 400, odd: "no number" },
};

it("asks beside the page, with the token, and reads what every source says", async () => {
  const { sources, asked } = answering({ feed: "a b", sources: [whole] });
  sources.authorize?.("secret");
  expect(await sources.list("a b")).toEqual({
    ok: true,
    value: [{ ...whole, error: undefined, counts: [["series read", 400]] }],
  });
  expect(asked).toEqual([
    {
      url: "http://127.0.0.1:8080/below/api/feeds/a%20b/sources",
      headers: { authorization: "Bearer secret" },
    },
  ]);
});

it("knows what has not been said from what is none", async () => {
  const { sources } = answering({ sources: [{ name: "spans", kind: "otlp", state: "waiting" }] });
  expect(await sources.list("shop")).toMatchObject({
    ok: true,
    value: [
      { state: "waiting", at: undefined, windowMs: undefined, sampling: undefined, edges: 0, counts: [] },
    ],
  });
});

it("leaves out what it cannot read, and says so where it can read nothing", async () => {
  const { sources } = answering({ sources: [{ ...whole, state: "dreaming" }, 7, null, whole] });
  expect(await sources.list("shop")).toMatchObject({ ok: true, value: [{ name: "mesh" }] });
  expect(await answering([]).sources.list("shop")).toMatchObject({ ok: false });
});

it("says what the server says when it says no", async () => {
  const { sources } = answering({ error: { message: "A token is needed." } }, 401);
  expect(await sources.list("shop")).toEqual({ ok: false, error: "A token is needed." });
});
