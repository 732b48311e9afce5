import { describe, expect, it } from "vitest";

import { snapshotBody } from "#protocol/snapshot-message.ts";
import { twoRegions } from "#testing/builders.ts";

import { httpFrames } from "./http-frames.ts";

interface Answer {
  readonly status?: number;
  readonly body?: string;
}

/** A server that gives one answer, and what it was asked. */
function serverThat(answer: Answer | "is away") {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  const frames = httpFrames({
    base: "http://host/under/page.html",
    fetch: (url, init) => {
      asked.push({ url: url.href, init });
      if (answer === "is away") return Promise.reject(new TypeError("Failed to fetch"));
      const { status = 200, body = "" } = answer;
      return Promise.resolve(new Response(body, { status }));
    },
  });
  return { frames, asked };
}

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });

describe("start frames that the server keeps", () => {
  it("are frozen beside the page, by feed and moment", async () => {
    const { frames, asked } = serverThat(json({ hash: "0f", at: 5 }));
    expect(await frames.freeze("a/b c", 5)).toEqual({ ok: true, value: "0f" });
    expect(asked[0]).toMatchObject({
      url: "http://host/under/api/feeds/a%2Fb%20c/freeze",
      init: { method: "POST", body: '{"at":5}', headers: { "content-type": "application/json" } },
    });
  });

  it("are not taken for kept when the server has kept another moment", async () => {
    const { frames } = serverThat(json({ hash: "0f", at: 4 }));
    expect(await frames.freeze("demo", 5)).toMatchObject({ ok: false });
  });

  it("come back as they were", async () => {
    const frame = twoRegions(7);
    const { frames, asked } = serverThat({ body: snapshotBody(frame) });
    const fetched = await frames.fetch("0f");
    expect(fetched).toMatchObject({ ok: true, value: { at: 7, values: frame.values } });
    expect(asked[0]?.url).toBe("http://host/under/api/frames/0f");
  });

  it("are asked for with the token, once there is one", async () => {
    const { frames, asked } = serverThat(json({}));
    await frames.fetch("0f");
    frames.authorize?.("secret");
    await frames.fetch("0f");
    expect(asked.map(({ init }) => init.headers)).toEqual([{}, { authorization: "Bearer secret" }]);
  });

  it.each<[string, Answer | "is away", string]>([
    ["in the server's words", { status: 404, body: '{"error":{"message":"It is gone."}}' }, "It is gone."],
    ["by number where it has none", { status: 502, body: "<html>" }, "The server answered 502."],
    ["when it is away", "is away", "The server cannot be reached."],
    ["when what comes is no frame", json({ nodes: 3 }), "The frame cannot be read"],
    ["when what comes is nothing", {}, "The frame cannot be read"],
  ])("fail %s", async (_, answer, why) => {
    const fetched = await serverThat(answer).frames.fetch("0f");
    expect(fetched.ok ? "" : fetched.error).toContain(why);
  });
});

describe("scenarios of the server", () => {
  it("are listed by name and title, whatever else stands there", async () => {
    const list = [{ name: "a", title: "A", description: "d" }, { name: 3 }, null];
    const { frames } = serverThat(json(list));
    expect(await frames.scenarios()).toEqual({ ok: true, value: [{ name: "a", title: "A" }] });
    expect(await serverThat(json({ a: 1 })).frames.scenarios()).toMatchObject({ ok: false });
  });

  it("are read with their plan, what is done in them, and their frame", async () => {
    const scenario = {
      title: "A",
      plan: { victim: "east" },
      commands: [{ atMs: 9, kind: "fail-back" }],
      frame: "0f",
    };
    const read = await serverThat(json(scenario)).frames.scenario("a");
    expect(read).toMatchObject({
      ok: true,
      value: { title: "A", plan: { victim: "east", ttlS: 60 }, commands: scenario.commands, frame: "0f" },
    });
  });

  it.each([
    [{ title: "A", plan: { victim: 3 }, frame: "0f" }, "victim"],
    [{ title: "A", plan: { victim: "east" }, commands: 7, frame: "0f" }, "commands"],
    [{ plan: { victim: "east" } }, "cannot be read"],
  ])("are refused when they make no sense: %j", async (scenario, why) => {
    const read = await serverThat(json(scenario)).frames.scenario("a");
    expect(read.ok ? "" : read.error).toContain(why);
  });
});
