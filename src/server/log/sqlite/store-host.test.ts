import { afterEach, expect, it } from "vitest";

import type { SummaryRow } from "#protocol/recording/frame-summary.ts";
import { storeOptions, temporaryFolder } from "#testing/store-fixture.ts";

import type { FrameRow } from "./day-file.ts";
import { StoreHost } from "./store-host.ts";
import type { FromStore, StoreRequest } from "./store-message.ts";

const folder = temporaryFolder();
afterEach(() => folder.remove());

const noon = Date.UTC(2026, 0, 6, 12);
const frames = 3_600;

function row(second: number): FrameRow {
  const at = noon + second * 1000;
  const summary: SummaryRow = [at, 100, 0, 0, 0, 40, 0, 0];
  return { seq: second + 1, at, isKey: second % 60 === 0, id: `s${second}`, line: "{}", summary };
}

/** A host with an hour in groups of a minute; turns are taken by hand. */
function openHost() {
  const posted: FromStore[] = [];
  const turns: (() => void)[] = [];
  const host = new StoreHost(
    (message) => posted.push(message),
    (goOn) => turns.push(goOn),
  );
  let id = 0;
  const ask = (request: StoreRequest): void => {
    id += 1;
    host.receive([{ kind: "request", id, request }]);
  };
  const answered = () => posted.flatMap((message) => ("id" in message ? [[message.kind, message.id]] : []));
  host.receive([{ kind: "open", options: storeOptions(folder.path) }]);
  host.receive(
    Array.from({ length: frames }, (_, second) => {
      id += 1;
      return { kind: "request", id, request: { ask: "append", row: row(second) } } as const;
    }),
  );
  posted.length = 0;
  return { ask, answered, posted, turns, first: id + 1 };
}

const wholeHour = { ask: "overview", from: noon, to: noon + frames * 1000, bins: 100 } as const;

it("stores frames and reads groups while it makes an overview of many groups", () => {
  const { ask, answered, posted, turns, first } = openHost();
  ask(wholeHour);
  ask({ ask: "append", row: row(frames) });
  expect(answered()).toEqual([["answer", first + 1]]);
  turns.shift()?.();
  ask({ ask: "group-at", first: 1 });
  expect(answered()).toEqual([
    ["answer", first + 1],
    ["answer", first + 2],
  ]);
  while (turns.length > 0) turns.shift()?.();
  expect(posted.at(-1)).toMatchObject({ kind: "answer", id: first, answer: { stepMs: 36_000 } });
});

it("answers overviews one after another, and says so where the recording is closed before", () => {
  const { ask, answered, turns, first } = openHost();
  ask(wholeHour);
  ask(wholeHour);
  ask(wholeHour);
  while (answered().length < 2) turns.shift()?.();
  ask({ ask: "close" });
  expect(answered()).toEqual([
    ["answer", first],
    ["answer", first + 1],
    ["answer", first + 3],
    ["failure", first + 2],
  ]);
  turns.shift()?.();
  expect(answered()).toHaveLength(4);
});
