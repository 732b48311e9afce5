import { describe, expect, it } from "vitest";

import { serviceNamed } from "#testing/otlp-spans.ts";

import { ExpiryQueue } from "./expiry-queue.ts";
import { Halves, type Half } from "./half.ts";
import { LateKeys } from "./late-keys.ts";

function half(key: string, expiresAt: number, spanId = "s"): Half {
  return {
    key,
    spanId,
    service: serviceNamed("web"),
    outcome: "normal",
    durationMs: 1,
    weight: 1,
    protocol: undefined,
    peer: undefined,
    queue: undefined,
    isMessaging: false,
    expiresAt,
    isSent: false,
    next: undefined,
  };
}

describe("halves that wait", () => {
  it("expire in their order, each at its time, also where another of the same key was taken before", () => {
    const halves = new Halves();
    halves.add(half("a", 10, "first"));
    halves.add(half("b", 11));
    halves.add(half("a", 12, "second"));
    halves.add(half("a", 13, "third"));
    expect(halves.take("a")?.spanId).toBe("first");
    const expired = (now: number) => {
      const told: string[] = [];
      for (let next = halves.takeExpired(now); next !== undefined; next = halves.takeExpired(now)) {
        told.push(`${next.key} ${next.spanId}`);
      }
      return told;
    };
    expect([expired(11), expired(12), expired(12.5), expired(20)]).toEqual([
      ["b s"],
      ["a second"],
      [],
      ["a third"],
    ]);
    expect(halves.size).toBe(0);
  });

  it("are at most a thousand for one caller", () => {
    const halves = new Halves();
    const kept = Array.from({ length: 1_001 }, (_, i) => halves.add(half("a", 10, String(i))));
    expect([kept.filter(Boolean).length, halves.size]).toEqual([1_000, 1_000]);
  });
});

describe("keys of what was settled alone", () => {
  it("are forgotten after a while, and the oldest where there are too many", () => {
    const late = new LateKeys(10, 2);
    late.add("a", 0);
    late.add("b", 1);
    late.add("b", 5);
    late.add("c", 2);
    expect(["a", "b", "c"].map((key) => late.has(key))).toEqual([false, true, true]);
    late.expire(11);
    expect(["b", "c"].map((key) => late.has(key))).toEqual([false, true]);
  });
});

describe("the queue of what expires", () => {
  it("gives back everything in order, through all that it gave back before", () => {
    const queue = new ExpiryQueue();
    const given: (string | undefined)[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      queue.add(String(i), i);
      if (i % 2 === 1) given.push(queue.takeDue(i));
    }
    for (let key = queue.takeDue(20_000); key !== undefined; key = queue.takeDue(20_000)) given.push(key);
    expect(given).toEqual(Array.from({ length: 20_000 }, (_, i) => String(i)));
    expect(queue.takeOldest()).toBeUndefined();
  });
});
