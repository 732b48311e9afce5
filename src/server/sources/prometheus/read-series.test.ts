import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Sample } from "#formats/prometheus/sample.ts";
import { presets } from "#formats/prometheus/presets/presets.ts";
import { TrafficBook } from "#formats/prometheus/traffic-book.ts";
import { cases } from "#testing/cases.ts";
import { presetOptions } from "#testing/preset-book.ts";

import { LabelMemory } from "./label-memory.ts";
import { readAnswer, UnreadableAnswer } from "./read-answer.ts";
import { readPoints, readSample, type SeriesPoints } from "./read-series.ts";

async function samples(result: readonly unknown[], memory = new LabelMemory(), space?: number) {
  const text = JSON.stringify(
    { status: "success", data: { resultType: "vector", result } },
    undefined,
    space,
  );
  const seen: (Sample | undefined)[] = [];
  await readAnswer(text, (one) => void seen.push(one === undefined ? undefined : readSample(one, memory)));
  return seen;
}

const labels = fc.dictionary(fc.string(), fc.string({ unit: "binary" }), { maxKeys: 4 });

describe("a series of an answer", () => {
  it("law: says the same however it is written, and whether its labels were read before or not", async () => {
    const value = fc.oneof(
      fc.constantFrom("NaN", "+Inf", "-Inf", "1e-7", "", "x", '1"', "\\"),
      fc.double().map(String),
    );
    const series = fc.record({ metric: labels, value: fc.tuple(fc.constant(1.5), value) });
    await fc.assert(
      fc.asyncProperty(fc.array(series, { maxLength: 4 }), async (result) => {
        const memory = new LabelMemory();
        const compact = await samples(result, memory);
        expect(await samples(result, memory)).toEqual(compact);
        expect(await samples(result, new LabelMemory(), 1)).toEqual(compact);
        for (const [i, one] of compact.entries())
          if (one !== undefined) expect(one.labels).toEqual(result[i]?.metric);
      }),
      { numRuns: cases(1000) },
    );
  });

  it("has a number as Prometheus writes it, or is none", async () => {
    const values = ["1.5", "NaN", "+Inf", "-Inf", "1e3", "", "one", 2, null];
    const read = await samples(values.map((value) => ({ metric: {}, value: [1, value] })));
    expect(read.map((one) => one?.value)).toEqual([
      1.5,
      NaN,
      Infinity,
      -Infinity,
      1000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is none without labels that are texts, or without a value", async () => {
    expect(
      await samples([
        {},
        { metric: 1, value: [1, "1"] },
        { metric: { a: 1 }, value: [1, "1"] },
        { metric: {} },
        7,
      ]),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it("has the points of a range; those that are none are left out", async () => {
    const text = JSON.stringify({
      status: "success",
      data: {
        resultType: "matrix",
        result: [
          { metric: { a: "b" }, values: [[1, "2"], [1.0005, "NaN"], [2], "x", [3, "y"]] },
          { metric: {} },
        ],
      },
    });
    const seen: (SeriesPoints | undefined)[] = [];
    await readAnswer(text, (one) => void seen.push(one === undefined ? undefined : readPoints(one)));
    expect(seen).toEqual([
      {
        labels: { a: "b" },
        points: [
          { at: 1000, value: 2 },
          { at: 1001, value: NaN },
        ],
      },
      undefined,
    ]);
  });

  it("law: whatever stands in an answer, every preset reads it or tells of it, and numbers stay numbers", async () => {
    const names = ["client", "server", "job", "deployment", "source_workload", "source_canonical_service"];
    const text = fc.oneof(fc.constantFrom("", "unknown", "user", "200", "-", "__proto__"), fc.string());
    const metric = fc.dictionary(
      fc.oneof(fc.constantFrom(...names, "__proto__"), fc.string()),
      fc.oneof(text, fc.jsonValue()),
    );
    const value = fc.oneof(fc.tuple(fc.constant(1), fc.oneof(text, fc.double().map(String))), fc.jsonValue());
    const series = fc.oneof(fc.record({ metric, value }), fc.jsonValue());
    const plans = Object.values(presets).map((preset) => preset(presetOptions()));
    await fc.assert(
      fc.asyncProperty(fc.array(series, { maxLength: 4 }), async (result) => {
        const read = await samples(result).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UnreadableAnswer);
          return [];
        });
        for (const plan of plans) {
          const book = new TrafficBook();
          for (const query of plan.queries) {
            for (const sample of read) if (sample !== undefined) query.read(sample, book);
          }
          for (const { rates } of book.finish(1, 1, plan.isEntry).edges) {
            for (const rate of Object.values(rates)) expect(rate).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: cases(10_000) },
    );
  });
});

describe("the memory for labels", () => {
  const read = (memory: LabelMemory, text: string) => memory.read(`--${text}--`, 2, text.length + 2);

  it("gives the same object for the same text, until a poll has gone by without it", () => {
    const memory = new LabelMemory();
    const first = read(memory, '{"a":"b"}');
    memory.turn();
    expect(read(memory, '{"a":"b"}')).toBe(first);
    memory.turn();
    read(memory, '{"c":"d"}');
    memory.turn();
    expect(read(memory, '{"a":"b"}')).not.toBe(first);
    expect(["{", '{"a":1}', "[]"].map((text) => read(memory, text))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("law: gives what the text says, in whatever order texts come", () => {
    const texts = ['{"a":"b"}', '{"a":"bc"}', '{"a":"b","c":"d"}', "{}", "{", '{"a":"x"}'];
    const expected = (text: string): unknown => (text === "{" ? undefined : JSON.parse(text));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...texts), fc.constant("turn"))), (order) => {
        const memory = new LabelMemory();
        for (const text of order) {
          if (text === "turn") memory.turn();
          else expect(read(memory, text)).toEqual(expected(text));
        }
      }),
      { numRuns: cases(1000) },
    );
  });
});
