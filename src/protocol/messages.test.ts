import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cases } from "#testing/cases.ts";

import { decodeDelta } from "./delta-message.ts";
import {
  decodeAck,
  decodeDrillMessage,
  decodeDrillRefusal,
  decodeDrillState,
  decodeGap,
  decodeGoodbye,
  decodeHeartbeat,
  decodeHello,
  decodeRefusal,
  decodeReset,
  decodeSource,
  decodeSubscribe,
  protocolOf,
} from "./messages.ts";

const hello = {
  protocol: 2,
  server: "0.1.0",
  serverTime: 12,
  role: "viewer",
  feeds: [{ feed: "demo", title: "Demo", intervalMs: 1000, drills: true }],
};

const decoders = [
  decodeAck,
  decodeDelta,
  decodeDrillMessage,
  decodeDrillRefusal,
  decodeDrillState,
  decodeGap,
  decodeGoodbye,
  decodeHeartbeat,
  decodeHello,
  decodeRefusal,
  decodeReset,
  decodeSource,
  decodeSubscribe,
];

describe("small messages", () => {
  it("are read without the fields that nobody knows", () => {
    expect(decodeHello({ ...hello, later: true })).toEqual({ ok: true, value: hello });
  });

  it("say which field is odd", () => {
    const decoded = decodeHello({ ...hello, feeds: [{ feed: 3 }] });
    expect(decoded).toEqual({
      ok: false,
      error: { kind: "malformed", message: "hello", what: "feeds.0.feed is not as it should be" },
    });
  });

  it("tell their version even when nothing else of them can be read", () => {
    expect(protocolOf({ protocol: 99, feeds: "in another way" })).toBe(99);
    expect(protocolOf("hello")).toBeUndefined();
  });

  it.each<[string, object, boolean]>([
    ["a plan and a speed start a drill", { do: "start", plan: { victim: "east" }, speed: 8 }, true],
    ["a drill without a plan", { do: "start", speed: 8 }, false],
    ["a plan that is a list", { do: "start", plan: [], speed: 8 }, false],
    ["a speed of 61", { do: "speed", speed: 61 }, false],
    ["a speed that is no number", { do: "speed", speed: NaN }, false],
    ["a speed of a half", { do: "speed", speed: 0.5 }, false],
    ["stop", { do: "stop" }, true],
    ["fail back", { do: "fail-back" }, true],
    ["something that nobody can do", { do: "evacuate" }, false],
  ])("of drills: %s", (_, command, isRead) => {
    expect(decodeDrillMessage({ feed: "demo", ...command }).ok).toBe(isRead);
  });

  it("never throw, whatever arrives", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (raw) => {
        for (const decode of decoders) expect(typeof decode(raw).ok).toBe("boolean");
      }),
      { numRuns: cases(1000) },
    );
  });
});
