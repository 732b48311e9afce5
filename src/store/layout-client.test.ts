import { describe, expect, it } from "vitest";

import { layoutGraph } from "#layout/layout-graph.ts";
import type { LayoutResult } from "#layout/layout-input.ts";
import { layoutInput } from "#testing/layout-inputs.ts";
import { ManualClock } from "#testing/manual-clock.ts";

import { createLayoutClient, type LayoutWorker } from "./layout-client.ts";
import { type LayoutCommand, type LayoutReply, unpackInput } from "./layout-message.ts";

/** A worker that answers when it is told to. */
class HandWorker implements LayoutWorker {
  readonly commands: LayoutCommand[] = [];
  isTerminated = false;
  #onMessage: ((event: { readonly data: LayoutReply }) => void) | undefined;
  #onError: (() => void) | undefined;

  postMessage(command: LayoutCommand): void {
    this.commands.push(command);
  }

  addEventListener(
    kind: "message" | "error",
    listener: (event: { readonly data: LayoutReply }) => void,
  ): void {
    if (kind === "message") this.#onMessage = listener;
    else this.#onError = () => listener({ data: { id: 0, xy: new Float32Array(), isFinal: true } });
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answer(id: number, xy: readonly number[], isFinal: boolean): void {
    this.#onMessage?.({ data: { id, xy: Float32Array.from(xy), isFinal } });
  }

  fail(): void {
    this.#onError?.();
  }
}

/** A client with what its requests have heard so far: name of the request, places, whether final. */
function clientWith(createWorker: () => LayoutWorker) {
  const clock = new ManualClock();
  const heard: (readonly [string, readonly number[], boolean])[] = [];
  const client = createLayoutClient(createWorker, clock);
  return {
    client,
    clock,
    heard,
    listen: (name: string) => (result: LayoutResult, isFinal: boolean) =>
      void heard.push([name, [...result.xy], isFinal]),
  };
}

const input = layoutInput(["a > b"]);

describe("the client of the layout worker", () => {
  it("hands on every picture of the request, and nothing after the final one", () => {
    const worker = new HandWorker();
    const { client, heard, listen } = clientWith(() => worker);
    client.request(input, listen("first"));
    expect(
      worker.commands.map((command) => command.kind === "request" && unpackInput(command.input)),
    ).toEqual([input]);
    worker.answer(1, [1, 1, 2, 2], false);
    worker.answer(1, [3, 3, 4, 4], true);
    worker.answer(1, [5, 5, 6, 6], true);
    expect(heard).toEqual([
      ["first", [1, 1, 2, 2], false],
      ["first", [3, 3, 4, 4], true],
    ]);
  });

  it("lets the newest request win", () => {
    const worker = new HandWorker();
    const { client, heard, listen } = clientWith(() => worker);
    client.request(input, listen("first"));
    client.request(input, listen("second"));
    worker.answer(1, [1, 1, 2, 2], true);
    worker.answer(2, [3, 3, 4, 4], true);
    expect(heard).toEqual([["second", [3, 3, 4, 4], true]]);
  });

  it("takes a request back when it is stopped, and only while it is under way", () => {
    const worker = new HandWorker();
    const { client, heard, listen } = clientWith(() => worker);
    const stop = client.request(input, listen("first"));
    stop();
    stop();
    worker.answer(1, [1, 1, 2, 2], true);
    expect(worker.commands.map(({ kind, id }) => [kind, id])).toEqual([
      ["request", 1],
      ["cancel", 1],
    ]);
    expect(heard).toEqual([]);
  });

  it("creates the worker at the first request and ends it when disposed", () => {
    const workers: HandWorker[] = [];
    const { client, listen } = clientWith(() => {
      const worker = new HandWorker();
      workers.push(worker);
      return worker;
    });
    expect(workers.length).toBe(0);
    client.request(input, listen("first"));
    client.request(input, listen("second"));
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false]);
    client.dispose();
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });

  it("computes in the page where there can be no worker, and not within the call", () => {
    const { client, clock, heard, listen } = clientWith(() => {
      throw new Error("no workers here");
    });
    client.request(input, listen("first"));
    expect(heard).toEqual([]);
    clock.advance(1);
    expect(heard).toEqual([["first", [...layoutGraph(input).xy], true]]);
  });

  it("computes in the page when the worker fails, the request under way included", () => {
    const worker = new HandWorker();
    const { client, clock, heard, listen } = clientWith(() => worker);
    client.request(input, listen("first"));
    worker.fail();
    clock.advance(1);
    client.request(input, listen("second"));
    clock.advance(1);
    expect(worker.isTerminated).toBe(true);
    expect(heard.map(([name, , isFinal]) => [name, isFinal])).toEqual([
      ["first", true],
      ["second", true],
    ]);
  });
});
