import { expect, it } from "vitest";

import { ariaKeys, keyLabel } from "./key-label.ts";

it("writes keys as they stand on the keyboard", () => {
  expect(
    ["mod+k", " ", "Escape", "ArrowUp", "f", "+", "shift+Enter", "B"].map((key) => keyLabel(key, false)),
  ).toEqual(["Ctrl+K", "Space", "Esc", "↑", "F", "+", "Shift+Enter", "Shift+B"]);
  expect(keyLabel("mod+k", true)).toBe("⌘K");
});

it("writes keys as aria-keyshortcuts wants them", () => {
  expect(ariaKeys(["mod+k"], false)).toBe("Control+k");
  expect(ariaKeys(["+", "="], false)).toBe("Plus =");
  expect(ariaKeys(["B"], false)).toBe("Shift+B");
  expect(ariaKeys([" "], true)).toBe("Space");
  expect(ariaKeys([], true)).toBeUndefined();
});
