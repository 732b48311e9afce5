import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { buildSnapshot } from "#testing/builders.ts";

import { PeakBook } from "./peak-book.ts";

const dayMs = 86_400_000;
const quiet = { onSetAside: () => undefined, onUnwritten: () => undefined };

function traffic(rate: number, at: number) {
  const inside = { children: { INTERNET: { isEntry: true }, web: {}, "eu-west-1": { type: "region" } } };
  const east = { ...inside, edges: { "INTERNET > web": [rate, 0, 1] } };
  return buildSnapshot({ children: { east }, edges: {} }, at);
}

function webOf(book: PeakBook): number | undefined {
  return book.peaks.peaks.find(({ path }) => path.join() === "east,web")?.rps;
}

describe("recorded peaks", () => {
  it("are the greatest volumes of services, for as many days as are asked for", () => {
    const book = new PeakBook(2 * dayMs);
    [10, 30, 20].forEach((rate, i) => book.observe(traffic(rate, i * 1000)));
    book.observe(traffic(5, dayMs));
    expect([book.peaks.from, webOf(book)]).toEqual(["peak of 2 days", 31]);
    book.observe(traffic(4, 2 * dayMs));
    expect(webOf(book)).toBe(6);
    expect(book.peaks.peaks.map(({ path }) => path.join())).not.toContain("east,eu-west-1");
  });

  it("say nothing of what has not been watched for a day: it would look full from the first moment on", () => {
    const book = new PeakBook(7 * dayMs);
    book.observe(traffic(30, 1000));
    book.observe(traffic(30, dayMs + 999));
    expect(book.peaks.peaks).toEqual([]);
    book.observe(traffic(30, dayMs + 61_000));
    expect(webOf(book)).toBe(31);
  });

  it("are kept in a file, and gone on with", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "spillway-")), "feed", "peaks.json");
    const book = new PeakBook(7 * dayMs);
    book.keepIn(path, quiet);
    book.observe(traffic(30, 1000));
    await book.save();
    const next = new PeakBook(7 * dayMs);
    next.keepIn(path, quiet);
    const written = readFileSync(path, "utf8");
    await next.save();
    expect(readFileSync(path, "utf8")).toBe(written);
    next.observe(traffic(5, 2 * dayMs));
    expect(webOf(next)).toBe(31);
  });

  it.each([
    "{",
    "[]",
    '{"version":1,"peaks":[7]}',
    '{"version":1,"peaks":[{"path":[1],"since":1,"days":[]}]}',
  ])("begin anew when the file is damaged: %s", (text) => {
    const path = join(mkdtempSync(join(tmpdir(), "spillway-")), "peaks.json");
    writeFileSync(path, text);
    const setAside: string[] = [];
    const book = new PeakBook(dayMs);
    book.keepIn(path, { ...quiet, onSetAside: (_, as) => void setAside.push(as) });
    expect([setAside, existsSync(path), book.peaks.peaks]).toEqual([[`${path}.damaged`], false, []]);
  });
});
