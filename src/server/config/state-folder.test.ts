import { expect, it } from "vitest";

import { stateFolder } from "./state-folder.ts";

it.each<[string, NodeJS.Platform, Record<string, string>, string]>([
  ["the user's state on Linux", "linux", {}, "/home/ann/.local/state/spillway"],
  ["where XDG says", "linux", { XDG_STATE_HOME: "/var/ann" }, "/var/ann/spillway"],
  ["not where XDG must not say", "linux", { XDG_STATE_HOME: "tmp" }, "/home/ann/.local/state/spillway"],
  ["Application Support on macOS", "darwin", {}, "/home/ann/Library/Application Support/Spillway"],
])("data is kept in %s", (_, platform, environment, folder) => {
  expect(stateFolder({ platform, environment, home: "/home/ann" })).toBe(folder);
});

it("data is kept in the local application data on Windows", () => {
  const folder = stateFolder({ platform: "win32", environment: { LOCALAPPDATA: "C:/ann" }, home: "C:/u" });
  expect(folder).toMatch(/^C:.ann.Spillway$/);
});
