import { describe, expect, it } from "vitest";

import { Disposer } from "./disposer.ts";

describe("a disposer", () => {
  it("stops in reverse order what was started", () => {
    const stopped: string[] = [];
    const disposer = new Disposer();
    for (const name of ["first", "second", "third"]) disposer.add(() => stopped.push(name));
    disposer.dispose();
    expect(stopped).toEqual(["third", "second", "first"]);
  });

  it("stops everything once, however often it is asked", () => {
    let stops = 0;
    const disposer = new Disposer();
    disposer.add(() => {
      stops += 1;
    });
    disposer.dispose();
    disposer.dispose();
    expect(stops).toBe(1);
    expect(disposer.isDisposed).toBe(true);
  });

  it("stops at once what comes too late", () => {
    let isStopped = false;
    const disposer = new Disposer();
    disposer.dispose();
    disposer.add(() => {
      isStopped = true;
    });
    expect(isStopped).toBe(true);
  });

  it("stops what is added while it stops", () => {
    const stopped: string[] = [];
    const disposer = new Disposer();
    disposer.add(() => disposer.add(() => stopped.push("late")));
    disposer.dispose();
    expect(stopped).toEqual(["late"]);
  });
});
