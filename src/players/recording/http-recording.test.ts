import { describe, expect, it } from "vitest";

import type { Result } from "#base/result.ts";
import { turns } from "#testing/turns.ts";

import { httpRecording } from "./http-recording.ts";
import type { GroupBody, RecordingFault } from "./recording-source.ts";

/** A server that gives one answer, and what it was asked. */
function answering(body: unknown, status = 200) {
  const asked: { readonly path: string; readonly token: string | null }[] = [];
  const source = httpRecording({
    base: "http://127.0.0.1/under/",
    fetch: (url, init) => {
      const token = new Headers(init.headers).get("authorization");
      asked.push({ path: url.pathname + url.search, token });
      return Promise.resolve(
        new Response(typeof body === "string" ? body : JSON.stringify(body), { status }),
      );
    },
  });
  return { source, asked };
}

describe("a recording over HTTP", () => {
  it("is asked beside the page, with the token once there is one", async () => {
    const { source, asked } = answering({ epoch: "e", groups: [[1, 9, 100, 900, 0]] });
    source.authorize?.("secret");
    const answers: unknown[] = [];
    source.groups("a/b", { from: 1, to: 2 }, (answer) => answers.push(answer));
    await turns();
    expect(asked).toEqual([
      { path: "/under/api/feeds/a%2Fb/recording/groups?from=1&to=2", token: "Bearer secret" },
    ]);
    expect(answers).toEqual([
      { ok: true, value: { epoch: "e", groups: [{ first: 1, last: 9, start: 100, end: 900 }] } },
    ]);
  });

  it("tells groups of different epochs apart, which have the same numbers", async () => {
    const { source, asked } = answering("");
    source.groupText("demo", { epoch: "e 1", first: 7 }, () => undefined);
    await turns();
    expect(asked[0]?.path).toBe("/under/api/feeds/demo/recording/groups/7?epoch=e%201");
  });

  it("hands on a group as it came, unread", async () => {
    const { source } = answering('{"seq":1}\n');
    const answers: Result<GroupBody, RecordingFault>[] = [];
    source.groupText("demo", { epoch: "e", first: 1 }, (answer) => answers.push(answer));
    await turns();
    const [answer] = answers;
    const body = answer?.ok === true ? answer.value : "";
    expect(typeof body === "string" ? body : new TextDecoder().decode(body)).toBe('{"seq":1}\n');
    expect(body).toBeInstanceOf(ArrayBuffer);
  });

  it("says what the server says when there is none, and when it fails", async () => {
    for (const [status, kind] of [
      [404, "none"],
      [410, "none"],
      [413, "tooMuch"],
      [500, "failed"],
    ] as const) {
      const { source } = answering({ error: { message: "No." } }, status);
      const answers: unknown[] = [];
      source.overview("demo", { bins: 10 }, (answer) => answers.push(answer));
      await turns();
      expect(answers).toEqual([{ ok: false, error: { kind, message: "No." } }]);
    }
  });

  it("survives any answer", async () => {
    for (const body of [
      "",
      "{",
      [],
      { bins: 7 },
      { from: 1, to: 2, stepMs: 1, bins: [[], ["x"]], marks: [7] },
    ]) {
      const { source } = answering(body);
      const answers: unknown[] = [];
      source.overview("demo", { bins: 10 }, (answer) => answers.push(answer));
      source.groups("demo", { from: 1, to: 2 }, (answer) => answers.push(answer));
      await turns();
      expect(answers).toHaveLength(2);
    }
  });

  it("answers nobody who has stopped listening", async () => {
    const { source } = answering("");
    let answers = 0;
    source.groupText("demo", { epoch: "e", first: 1 }, () => (answers += 1))();
    await turns();
    expect(answers).toBe(0);
  });
});
