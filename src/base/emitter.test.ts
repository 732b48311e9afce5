import { describe, expect, it } from "vitest";

import { Emitter } from "./emitter.ts";

describe("an emitter", () => {
  it("tells every listener, in the order in which they came", () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>();
    emitter.on((event) => heard.push(`first ${event}`));
    emitter.on((event) => heard.push(`second ${event}`));
    emitter.emit(7);
    expect(heard).toEqual(["first 7", "second 7"]);
  });

  it("tells nothing to a listener that has left, even one that leaves while it is told", () => {
    const heard: number[] = [];
    const emitter = new Emitter<number>();
    const leave = emitter.on((event) => {
      heard.push(event);
      leave();
    });
    emitter.emit(1);
    emitter.emit(2);
    expect(heard).toEqual([1]);
  });

  it("keeps two subscriptions of one listener apart", () => {
    const heard: number[] = [];
    const listener = (event: number) => heard.push(event);
    const emitter = new Emitter<number>();
    const leave = emitter.on(listener);
    emitter.on(listener);
    leave();
    leave();
    emitter.emit(1);
    expect(heard).toEqual([1]);
  });
});
