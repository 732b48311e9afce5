import { describe, expect, it } from "vitest";

import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { twoRegions } from "#testing/builders.ts";
import { createTestApp } from "#testing/test-app.ts";

import type { Ports } from "./app.ts";
import { texts } from "./texts.ts";

const noon = Date.UTC(2026, 0, 6, 12, 0, 0);

function page(change: Partial<Ports> = {}) {
  const test = createTestApp(twoRegions(noon));
  const saved: { readonly name: string; readonly text: string }[] = [];
  const copied: string[] = [];
  test.app.actions.lendPorts({
    focusFind: () => undefined,
    focusFilter: () => undefined,
    chooseFiles: async () => [],
    toggleFullscreen: () => undefined,
    capturePicture: () => Promise.resolve(new Blob(["picture"])),
    download: (name, content) => void saved.push({ name, text: typeof content === "string" ? content : "" }),
    copyText: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    address: () => "http://127.0.0.1:4870/?in=west",
    ...change,
  });
  const toasts = () => test.app.store.getState().toasts.map(({ kind, text }) => [kind, text]);
  return { ...test, saved, copied, toasts };
}

describe("saving", () => {
  it("names a file after the place and the moment of the data", async () => {
    const { app, saved } = page();
    await app.actions.exportPicture();
    app.actions.enter(["east"]);
    app.actions.exportSnapshot("vizceral");
    app.actions.exportSnapshot("spillway");
    expect(saved.map(({ name }) => name)).toEqual([
      "spillway-20260106T120000Z.png",
      "spillway-east-20260106T120000Z.vizceral.json",
      "spillway-east-20260106T120000Z.json",
    ]);
  });

  it("says what it has saved", async () => {
    const { app, toasts } = page();
    await app.actions.exportPicture();
    expect(toasts()).toEqual([["info", "Saved spillway-20260106T120000Z.png"]]);
  });

  it("writes a Vizceral file that reads as what was shown", () => {
    const { app, saved } = page();
    app.actions.exportSnapshot("vizceral");
    const read = parseVizceral(saved[0]?.text ?? "", { now: noon });
    const shown = twoRegions(noon);
    expect(read.ok && [...read.value.snapshot.rates]).toEqual([...shown.rates]);
    expect(read.ok && read.value.snapshot.topology.nodes.map(({ name }) => name)).toEqual(
      shown.topology.nodes.map(({ name }) => name),
    );
  });

  it("says when the browser could not make the picture", async () => {
    const { app, saved, toasts } = page({ capturePicture: () => Promise.resolve(undefined) });
    await app.actions.exportPicture();
    expect([saved, toasts()]).toEqual([[], [["error", texts.exportFailed]]]);
  });
});

describe("copying a link", () => {
  it("copies the address of what is shown and says so", async () => {
    const { app, copied, toasts } = page();
    app.actions.enter(["east"]);
    await app.actions.copyLink();
    expect([copied, toasts()]).toEqual([["http://127.0.0.1:4870/?in=east"], [["info", texts.copied]]]);
  });

  it("says when the browser does not let it", async () => {
    const { app, toasts } = page({ copyText: () => Promise.reject(new Error("denied")) });
    await app.actions.copyLink();
    expect(toasts()).toEqual([["warning", texts.copyFailed]]);
  });
});
