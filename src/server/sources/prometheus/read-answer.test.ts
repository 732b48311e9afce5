import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cases } from "#testing/cases.ts";

import { parseSeries, readAnswer, UnreadableAnswer, type AnswerHead } from "./read-answer.ts";

async function read(text: string, sliceLength?: number): Promise<{ head: AnswerHead; series: unknown[] }> {
  const series: unknown[] = [];
  const head = await readAnswer(
    text,
    (one) => void series.push(one === undefined ? undefined : parseSeries(one)),
    sliceLength,
  );
  return { head, series };
}

function answer(result: readonly unknown[], more: object = {}, space?: number): string {
  const content = { status: "success", ...more, data: { resultType: "vector", result } };
  return JSON.stringify(content, undefined, space);
}

describe("an answer of Prometheus' API", () => {
  it("law: yields the series that parsing it as a whole yields, whatever is in their texts and wherever it is cut", async () => {
    const series = fc.record({
      metric: fc.dictionary(fc.string(), fc.string({ unit: "binary" }), { maxKeys: 3 }),
      value: fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(series, { maxLength: 5 }),
        fc.integer({ min: 20, max: 200 }),
        fc.constantFrom(undefined, 2),
        async (result, sliceLength, space) => {
          const text = answer(result, { warnings: ['[{"a\\"'] }, space);
          const seen = await read(text, sliceLength);
          expect(JSON.stringify(seen.series)).toBe(JSON.stringify(result));
          expect(seen.head).toEqual({
            resultType: "vector",
            warnings: ['[{"a\\"'],
            series: result.length,
          });
        },
      ),
      { numRuns: cases(1000) },
    );
  });

  it("gives the type where there are no series", async () => {
    const scalar = JSON.stringify({ status: "success", data: { resultType: "scalar", result: [1, "2"] } });
    expect((await read(scalar)).head).toEqual({ resultType: "scalar", warnings: [], series: 0 });
  });

  it.each([
    ["nothing", "", "it is not JSON"],
    ["a page", "<html></html>", "it is not JSON"],
    ["what is cut off", answer([{ metric: {} }, { metric: {} }]).slice(0, -20), "it is not JSON"],
    ["a series that is no JSON", answer([{ metric: {} }]).replace("{}", "{1}"), "are not JSON"],
    ["a list", "[]", "it is not an object"],
    ["another status", '{"status":"error"}', "its status is not success"],
    ["no data", '{"status":"success"}', "no data with a resultType"],
    ["no list", '{"status":"success","data":{"resultType":"vector","result":{}}}', "no list of results"],
  ])("refuses %s", async (_, text, why) => {
    await expect(read(text)).rejects.toThrow(why);
  });

  it("law: whatever is changed in one, it is read or refused, and nothing else happens", async () => {
    const marks = '[ ] { } , : " \\ 0 a x'.split(" ");
    const whole = answer([
      { metric: { a: 'x"y\\' }, value: [1, "2"] },
      { metric: { b: "ü" }, value: [1, "NaN"] },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length), fc.nat(3), fc.string({ unit: fc.constantFrom(...marks) })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (changes) => {
          let text = whole;
          for (const [at, gone, put] of changes) text = text.slice(0, at) + put + text.slice(at + gone);
          try {
            await read(text, 10);
          } catch (error: unknown) {
            expect(error).toBeInstanceOf(UnreadableAnswer);
          }
        },
      ),
      { numRuns: cases(10_000) },
    );
  });
});
