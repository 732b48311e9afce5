import { describe, expect, it } from "vitest";

import { allCommands } from "#store/commands/all-commands.ts";

import { commandForKey, type KeyPress, type KeyRules } from "./command-for-key.ts";

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
const rules: KeyRules = { place: "picture", singleKeys: true, isMac: false };

function idOf(press: Partial<KeyPress> & { readonly key: string }, change: Partial<KeyRules> = {}) {
  return commandForKey(allCommands, { ...bare, ...press }, { ...rules, ...change })?.id;
}

describe("commandForKey", () => {
  it("finds commands by the keys of the table", () => {
    expect([
      idOf({ key: "/" }),
      idOf({ key: "?", shiftKey: true }),
      idOf({ key: "!", shiftKey: true }),
      idOf({ key: " " }),
      idOf({ key: "Escape" }),
      idOf({ key: "ArrowLeft" }),
      idOf({ key: "k", ctrlKey: true }),
    ]).toEqual(["find", "help", "only-problems", "pause", "up", "cursor-left", "palette"]);
  });

  it("hears letters while caps lock is on, but not with shift", () => {
    expect(idOf({ key: "F" })).toBe("fit");
    expect(idOf({ key: "F", shiftKey: true })).toBeUndefined();
  });

  it("leaves text fields alone, except for keys with a modifier", () => {
    expect(idOf({ key: "f" }, { place: "input" })).toBeUndefined();
    expect(idOf({ key: "Escape" }, { place: "input" })).toBeUndefined();
    expect(idOf({ key: "k", ctrlKey: true }, { place: "input" })).toBe("palette");
  });

  it("leaves a control its own keys: Space presses the button, arrows move in the table", () => {
    for (const key of [" ", "Enter", "ArrowDown", "Home"]) {
      expect(idOf({ key }, { place: "control" })).toBeUndefined();
    }
    expect(idOf({ key: "f" }, { place: "control" })).toBe("fit");
    expect(idOf({ key: "Escape" }, { place: "control" })).toBe("up");
  });

  it("can be asked not to act on single characters", () => {
    expect(idOf({ key: "f" }, { singleKeys: false })).toBeUndefined();
    expect(idOf({ key: " " }, { singleKeys: false })).toBeUndefined();
    expect(idOf({ key: "ArrowLeft" }, { singleKeys: false })).toBe("cursor-left");
    expect(idOf({ key: "k", ctrlKey: true }, { singleKeys: false })).toBe("palette");
  });

  it("takes the command key on a Mac, and the control key elsewhere", () => {
    expect(idOf({ key: "k", metaKey: true }, { isMac: true })).toBe("palette");
    expect(idOf({ key: "k", ctrlKey: true }, { isMac: true })).toBeUndefined();
    expect(idOf({ key: "k", metaKey: true })).toBeUndefined();
  });

  it("goes on moving while a key is held, and does not switch things to and fro", () => {
    expect(idOf({ key: "ArrowLeft", repeat: true })).toBe("cursor-left");
    expect(idOf({ key: "g", repeat: true })).toBeUndefined();
  });

  it("leaves the browser its own shortcuts", () => {
    expect(idOf({ key: "f", ctrlKey: true })).toBeUndefined();
    expect(idOf({ key: "ArrowLeft", altKey: true })).toBeUndefined();
  });
});
