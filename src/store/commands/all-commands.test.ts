import { describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { createTestApp } from "#testing/test-app.ts";

import { commandTexts, groupTexts } from "../texts/command-texts.ts";
import { allCommands } from "./all-commands.ts";

/** Values that stand in a list more than once. */
const repeated = (list: readonly string[]) => list.filter((item, i) => list.indexOf(item) !== i);

describe("the commands", () => {
  it("have a name of their own each", () => {
    expect(repeated(allCommands.map(({ id }) => id))).toEqual([]);
    expect(repeated(allCommands.map(({ title }) => title))).toEqual([]);
  });

  it("share a key only where the first of them is there for a time: else it would hide the others", () => {
    const hidden = repeated(allCommands.flatMap(({ keys }) => keys)).flatMap((key) => {
      const sharing = allCommands.filter(({ keys }) => keys.includes(key));
      return sharing.slice(0, -1).filter(({ isAvailable }) => isAvailable === undefined);
    });
    expect(hidden.map(({ id }) => id)).toEqual([]);
  });

  it("are all told in words, and every text belongs to one", () => {
    expect(allCommands.map(({ id }) => id).toSorted()).toEqual(Object.keys(commandTexts).toSorted());
    for (const { id, title, group } of allCommands) {
      expect(title).toBe(commandTexts[id]);
      expect(groupTexts[group]).not.toBe("");
    }
  });

  it("can be reached without a key, or have one", () => {
    expect(allCommands.filter(({ isHidden, keys }) => isHidden === true && keys.length === 0)).toEqual([]);
  });

  it("run on a page that has no data yet, and on one that has, and break nothing", async () => {
    for (const test of [createTestApp(), createTestApp(twoRegions())]) {
      for (const { run } of test.app.commands) await run(test.app);
      expect(test.app.store.getState().feed.phase.kind).not.toBe("refused");
    }
  });

  it("that are switches turn what they say they turn, and back", () => {
    const test = createTestApp(twoRegions());
    const state = test.app.store.getState();
    const switches = test.app.commands.filter(
      ({ isOn, isAvailable }) => isOn !== undefined && isAvailable?.(state) !== false,
    );
    expect(switches.length).toBeGreaterThan(5);
    for (const { id, isOn, run } of switches) {
      const before = isOn?.(test.app.store.getState());
      void run(test.app);
      expect([id, isOn?.(test.app.store.getState())]).toEqual([id, before === false]);
      void run(test.app);
      expect([id, isOn?.(test.app.store.getState())]).toEqual([id, before]);
    }
  });

  it("that are about density go along the list and stop at its ends", () => {
    const { app } = createTestApp();
    const command = (id: string) => app.commands.find((item) => item.id === id);
    for (let i = 0; i < 10; i += 1) void command("denser")?.run(app);
    expect(app.store.getState().settings.density).toBe(8);
    expect(command("denser")?.isAvailable?.(app.store.getState())).toBe(false);
    for (let i = 0; i < 10; i += 1) void command("sparser")?.run(app);
    expect(app.store.getState().settings.density).toBe(0.1);
    expect(command("sparser")?.isAvailable?.(app.store.getState())).toBe(false);
  });
});
