import { describe, expect, it } from "vitest";

import { layoutGraph } from "#layout/layout-graph.ts";
import { layoutInput, rankedGraph } from "#testing/layout-inputs.ts";

import { createLayoutDesk } from "./layout-desk.ts";
import { type LayoutReply, packInput } from "./layout-message.ts";

/** A desk whose turns are taken by hand. */
function deskByHand(ticksPerTurn = 6) {
  const replies: LayoutReply[] = [];
  const waiting: (() => void)[] = [];
  const desk = createLayoutDesk({
    reply: (reply) => replies.push(reply),
    soon: (callback) => waiting.push(callback),
    ticksPerTurn,
  });
  return {
    desk,
    replies,
    turn: () => waiting.shift()?.(),
    finish: () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
    },
  };
}

const small = layoutInput(["INTERNET > a", "a > b", "a > c"]);

describe("a desk for layouts", () => {
  it("answers with the same picture that the layout gives at once", () => {
    const { desk, replies, finish } = deskByHand();
    desk.handle({ kind: "request", id: 7, input: packInput(small) });
    finish();
    expect(replies).toEqual([{ id: 7, xy: layoutGraph(small).xy, isFinal: true }]);
  });

  it("shows a large graph early, and again when it is done", () => {
    const { desk, replies, turn, finish } = deskByHand();
    const input = rankedGraph(400);
    desk.handle({ kind: "request", id: 1, input: packInput(input) });
    turn();
    expect(replies.map(({ isFinal }) => isFinal)).toEqual([false]);
    finish();
    expect(replies.map(({ isFinal }) => isFinal)).toEqual([false, true]);
    expect(replies[1]?.xy).toEqual(layoutGraph(input).xy);
  });

  it("does not show a start that the end will not resemble", () => {
    const { desk, replies, finish } = deskByHand();
    desk.handle({ kind: "request", id: 1, input: packInput(rankedGraph(60)) });
    finish();
    expect(replies.map(({ isFinal }) => isFinal)).toEqual([true]);
  });

  it("drops a request for a newer one, even in the middle of it", () => {
    const { desk, replies, turn, finish } = deskByHand();
    desk.handle({ kind: "request", id: 1, input: packInput(rankedGraph(60)) });
    turn();
    desk.handle({ kind: "request", id: 2, input: packInput(small) });
    finish();
    expect(replies.map(({ id }) => id)).toEqual([2]);
  });

  it("stops when the request is taken back", () => {
    const { desk, replies, turn, finish } = deskByHand();
    desk.handle({ kind: "request", id: 1, input: packInput(rankedGraph(60)) });
    turn();
    desk.handle({ kind: "cancel", id: 1 });
    finish();
    expect(replies).toEqual([]);
  });

  it("does not let an old cancel stop a newer request", () => {
    const { desk, replies, finish } = deskByHand();
    desk.handle({ kind: "request", id: 2, input: packInput(small) });
    desk.handle({ kind: "cancel", id: 1 });
    finish();
    expect(replies.map(({ id }) => id)).toEqual([2]);
  });
});
