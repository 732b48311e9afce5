import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ItemRef, NodePath } from "#domain/node-path.ts";
import { replaySpeeds } from "#players/replay-control.ts";
import { zoomLimits } from "#scene/camera.ts";

import { readUrl, writeUrl, type UrlState } from "./url-state.ts";

/** Any text that is text: an address cannot carry half a character. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("a/b", "x--y", "in=1&node=2", "größe", ".", "..", "", " ", "+", "%20", "#", "?", "😀"),
);

/** What can be selected in a view: what is in it, and at a service what is beside it. */
function selectionIn(focus: NodePath): fc.Arbitrary<ItemRef | undefined> {
  const parents = focus.length === 0 ? [focus] : [focus, focus.slice(0, -1)];
  const parent = fc.constantFrom(...parents);
  return fc.oneof(
    fc.constant(undefined),
    fc.tuple(parent, text).map(([above, name]): ItemRef => ({ kind: "node", path: [...above, name] })),
    fc.tuple(parent, text, text).map(([above, source, target]): ItemRef => ({
      kind: "edge",
      parent: above,
      source,
      target,
    })),
  );
}

/** As exact as an address tells it: places to a tenth, zooms to four digits. */
const camera = fc.record({
  x: fc.integer({ min: -1e7, max: 1e7 }).map((tenths) => tenths / 10),
  y: fc.integer({ min: -1e7, max: 1e7 }).map((tenths) => tenths / 10),
  zoom: fc
    .double({ min: zoomLimits.least, max: zoomLimits.most, noNaN: true })
    .map((zoom) => Number(zoom.toPrecision(4)))
    .filter((zoom) => zoom >= zoomLimits.least && zoom <= zoomLimits.most),
});

const settings: fc.Arbitrary<UrlState["settings"]> = fc.record(
  {
    engine: fc.constantFrom("auto", "webgl2", "software"),
    theme: fc.constantFrom("dark", "light", "system"),
    motion: fc.constantFrom("full", "reduced", "system"),
    contrast: fc.constantFrom("usual", "high", "system"),
    flowMode: fc.constantFrom("linear", "logarithmic"),
    density: fc.double({ min: 0.01, max: 16, noNaN: true }),
  },
  { requiredKeys: [] },
);

const moment = fc.record({
  at: fc.integer({ min: 0, max: Date.UTC(2999, 0) }),
  speed: fc.constantFrom(...replaySpeeds),
  isPaused: fc.boolean(),
});

const states: fc.Arbitrary<UrlState> = fc.array(text, { maxLength: 4 }).chain((focus) =>
  fc.record({
    focus: fc.constant(focus),
    selection: selectionIn(focus),
    find: text,
    filter: text,
    onlyProblems: fc.boolean(),
    isTableOpen: fc.boolean(),
    camera: fc.option(camera, { nil: undefined }),
    feed: fc.option(text, { nil: undefined }),
    isKiosk: fc.boolean(),
    rotateMs: fc.option(
      fc.integer({ min: 2, max: 3600 }).map((seconds) => seconds * 1000),
      { nil: undefined },
    ),
    fps: fc.option(fc.integer({ min: 1, max: 240 }), { nil: undefined }),
    drill: fc.constant(undefined),
    drillFault: fc.constant(undefined),
    replay: fc.option(moment, { nil: undefined }),
    clip: fc.constant(undefined),
    compare: fc.option(fc.integer({ min: 0, max: Date.UTC(2999, 0) }), { nil: undefined }),
    scenario: fc.constant(undefined),
    settings,
  }),
);

describe("the address of a view", () => {
  it("is read as it was written, whatever names contain", () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(readUrl(writeUrl(state))).toEqual(state);
      }),
    );
  });

  it("is empty where everything is as usual", () => {
    expect(writeUrl(readUrl(""))).toBe("");
  });

  it("never throws, whatever somebody has typed, and what it makes of that stays", () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(
          fc.tuple(
            fc.constantFrom(
              ..."in node from to beside find at zoom rotate fps density scale renderer".split(" "),
            ),
            fc.oneof(
              text,
              fc.double().map(String),
              fc.constantFrom("1,2,3", "1,2", "NaN,0,1", "0,0,1e9", "30s"),
            ),
          ),
        )
        .map((pairs) => `?${new URLSearchParams(pairs).toString()}`),
    );
    fc.assert(
      fc.property(typed, (search) => {
        const state = readUrl(search);
        expect(readUrl(writeUrl(state))).toEqual({ ...state, camera: readUrl(writeUrl(state)).camera });
      }),
    );
  });

  it.each([
    ["?in=us-east-1&in=a%2Fb", { focus: ["us-east-1", "a/b"] }],
    ["?in=east&node=api", { selection: { kind: "node", path: ["east", "api"] } }],
    ["?in=east&in=api&beside=1&node=cart", { selection: { kind: "node", path: ["east", "cart"] } }],
    [
      "?in=east&from=api&to=cart",
      { selection: { kind: "edge", parent: ["east"], source: "api", target: "cart" } },
    ],
    ["?at=10,-20.5,0.5", { camera: { x: 10, y: -20.5, zoom: 0.5 } }],
    ["?rotate=2m", { rotateMs: 120_000 }],
    ["?rotate=45", { rotateMs: 45_000 }],
    [
      "?scale=log&density=2&renderer=software",
      { settings: { flowMode: "logarithmic", density: 2, engine: "software" } },
    ],
  ])("%s means %o", (search, meaning) => {
    expect(readUrl(search)).toMatchObject(meaning);
  });

  it.each([
    "?at=1,2",
    "?at=1,2,900",
    "?at=a,b,c",
    "?rotate=soon",
    "?fps=0",
    "?fps=x",
    "?density=1e9",
    "?renderer=canvas",
    "?theme=pink",
    "?scale=cubic",
    "?from=api",
    "?problems=yes",
  ])("%s makes no sense and is as if it were not there", (search) => {
    expect(readUrl(search)).toEqual(readUrl(""));
  });

  it("does not let a tour hurry", () => {
    expect(readUrl("?kiosk=1&rotate=0.1s").rotateMs).toBe(2_000);
  });
});
