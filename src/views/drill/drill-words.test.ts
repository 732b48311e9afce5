import { drillWords } from "#store/drill-words.ts";
import { describe, expect, it } from "vitest";

import { eventKinds } from "#simulation/engine/event-log.ts";

import { clockWords, eventSentence, momentWords, resultWords, utilisationWords } from "./drill-words.ts";

describe("the words of a drill", () => {
  it("tell a utilisation as the interval that it is, and as one number where both ends are the same", () => {
    expect(utilisationWords({ low: 0.731, high: 0.95 })).toBe("73 % – 95 % used");
    expect(utilisationWords({ low: 1.15, high: 1.15 })).toBe("115 % used");
    expect(utilisationWords({ low: NaN, high: NaN })).toBe("no capacity known");
  });

  it("tell simulated time as a clock, before and after the failure", () => {
    expect(clockWords(187_000)).toBe("3:07");
    expect(clockWords(3_729_000)).toBe("1:02:09");
    expect(momentWords(-40_000)).toBe("0:40 before the failure");
    expect(momentWords(60_000)).toBe("1:00 after the failure");
  });

  it("have a sentence for every kind of event, with nothing left to fill in", () => {
    for (const kind of eventKinds) {
      expect(Object.keys(drillWords.events)).toContain(kind);
      const sentence = eventSentence({ seq: 0, atMs: 0, kind, target: ["east", "west"], data: {} });
      expect(sentence).not.toMatch(/[{}]|NaN|undefined/);
    }
  });

  it("show an event of which they know nothing by its name", () => {
    expect(eventSentence({ seq: 0, atMs: 0, kind: "moon.rose", target: ["east"], data: {} })).toBe(
      "moon.rose: east",
    );
  });

  it("say what fails", () => {
    const event = { seq: 1, atMs: 0, kind: "region.failed", target: ["east"] };
    expect(eventSentence({ ...event, data: { errorShare: 0.25, capacityLoss: 0 } })).toBe(
      "east fails: 25 % of its requests end in errors.",
    );
    expect(eventSentence({ ...event, data: { errorShare: 0, capacityLoss: 0.5 } })).toBe(
      "east fails: 50 % of its capacity is gone.",
    );
  });

  it("tell what came of a run, also when it is not at its end", () => {
    const words = resultWords({
      minutesToEvacuate: undefined,
      errorMinutes: 1.814,
      worstUtilisation: 0.953,
      worstRegion: "eu-west-1",
      lostRate: 0,
      isStuck: false,
    });
    expect(words).toEqual({
      minutes: "not yet",
      errorMinutes: "1.81",
      worst: "95 % in eu-west-1",
      lost: "none",
      stuck: "no",
    });
  });
});
