import { describe, expect, it } from "vitest";

import { ManualClock } from "#testing/manual-clock.ts";

import { chooseFeed, readStretch, takeFlags } from "./past-arguments.ts";

const noon = Date.UTC(2026, 0, 6, 12);
const clock = new ManualClock(noon);

function stretch(flags: Readonly<Record<string, string>>) {
  const read = readStretch(new Map(Object.entries(flags)), clock);
  return read.ok ? read.value : read.error;
}

describe("a stretch of the past on the command line", () => {
  it("is none without --from", () => {
    expect(stretch({})).toBeUndefined();
    expect(stretch({ "--step": "5s" })).toBe("--step says nothing without --from.");
  });

  it("begins and ends at moments, or some time ago, in whole steps", () => {
    const told = { "--from": "2026-01-06T11:00:01Z", "--to": "2026-01-06T11:30:00Z" };
    const at = (text: string) => Date.parse(text);
    expect(stretch(told)).toEqual({
      from: at("2026-01-06T11:00:10Z"),
      to: at("2026-01-06T11:30:00Z"),
      stepMs: 10_000,
    });
    expect(stretch({ "--from": "now-2h", "--to": "now-1h", "--step": "1m" })).toEqual({
      from: noon - 7_200_000,
      to: noon - 3_600_000,
      stepMs: 60_000,
    });
  });

  it.each([
    [{ "--from": "then" }, "--from: write a moment"],
    [{ "--from": "now-soon" }, '--from: write a time after "now-"'],
    [{ "--from": "now", "--to": "now-1h" }, "--from: a moment before that of --to"],
    [{ "--from": "now-1h", "--to": "2026-01-06T13:00:00Z" }, "--to: a moment that has passed"],
    [{ "--from": "now-1h", "--step": "10ms" }, "--step: write a time of 1s or more"],
    [{ "--from": "now-300d", "--step": "1s" }, "--step: that makes more than 200,000 frames"],
  ])("refuses %j", (flags, why) => {
    expect(stretch(flags)).toContain(why);
  });

  it("takes its flags out of the others, however they are written", () => {
    const { taken, others } = takeFlags(
      ["--port", "1", "--from", "a", "--to=b=c", "--open"],
      ["--from", "--to"],
    );
    expect([Object.fromEntries(taken), others]).toEqual([
      { "--from": "a", "--to": "b=c" },
      ["--port", "1", "--open"],
    ]);
  });

  it("is of the only feed, or of the one that is named", () => {
    const feed = (name: string) => ({ name, title: name, sources: [], statuses: {} });
    expect(chooseFeed([feed("a")], undefined)).toMatchObject({ value: { name: "a" } });
    expect(chooseFeed([feed("a"), feed("b")], "b")).toMatchObject({ value: { name: "b" } });
    expect(chooseFeed([feed("a"), feed("b")], undefined)).toEqual({
      ok: false,
      error: "--feed: write one of a, b.",
    });
    expect(chooseFeed([], undefined)).toMatchObject({ ok: false });
  });
});
