import { describe, expect, it } from "vitest";

import { httpCutter } from "./http-cutter.ts";

const ask = { feed: "a b", from: 1000, to: 2000, names: "pseudonyms", note: "here & now" } as const;

function cutter(answer: () => Response) {
  const asked: { readonly url: string; readonly token: string | null }[] = [];
  const made = httpCutter({
    base: "http://127.0.0.1/base/",
    fetch: async (url, { headers }) => {
      asked.push({ url: url.href, token: new Headers(headers).get("authorization") });
      return answer();
    },
  });
  return { made, asked };
}

const quiet = () => undefined;
const { signal } = new AbortController();

describe("a clip that the server cuts", () => {
  it("is asked for with everything that a person has said, and counted as it comes", async () => {
    const { made, asked } = cutter(() => new Response(new Uint8Array(3000)));
    made.authorize?.("secret");
    const counts: number[] = [];
    const clip = await made.cut(ask, (bytes) => counts.push(bytes), signal);
    expect(clip.ok && clip.value.size).toBe(3000);
    expect(counts.at(-1)).toBe(3000);
    expect(asked).toEqual([
      {
        url: "http://127.0.0.1/base/api/feeds/a%20b/recording/clip?from=1000&to=2000&names=pseudonyms&note=here+%26+now",
        token: "Bearer secret",
      },
    ]);
  });

  it("does not come, and the sentence says why", async () => {
    const said = async (answer: () => Response) => {
      const clip = await cutter(answer).made.cut(ask, quiet, signal);
      return clip.ok ? "" : clip.error;
    };
    const body = JSON.stringify({ error: { message: "Nothing is recorded between these moments." } });
    expect(await said(() => new Response(body, { status: 404 }))).toBe(
      "Nothing is recorded between these moments.",
    );
    expect(await said(() => new Response("oops", { status: 502 }))).toBe("The server answered 502.");
    expect(
      await said(() => {
        throw new TypeError("network");
      }),
    ).toBe("The server cannot be reached.");
    const breaking = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("gone")),
    });
    expect(await said(() => new Response(breaking))).toContain("The server broke off.");
  });
});
