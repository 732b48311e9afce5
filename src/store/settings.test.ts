import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  densities,
  readSettings,
  settingChoices,
  usualSettings,
  writeSettings,
  type Settings,
} from "./settings.ts";

/** Somewhere to keep things that holds one text. */
function storageWith(text: string | null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value;
    },
  };
}

const anySettings: fc.Arbitrary<Settings> = fc.record({
  theme: fc.constantFrom(...settingChoices.theme),
  contrast: fc.constantFrom(...settingChoices.contrast),
  motion: fc.constantFrom(...settingChoices.motion),
  flowMode: fc.constantFrom(...settingChoices.flowMode),
  engine: fc.constantFrom(...settingChoices.engine),
  density: fc.constantFrom(...densities),
  labels: fc.boolean(),
  legend: fc.boolean(),
  timeline: fc.boolean(),
  utc: fc.boolean(),
  singleKeys: fc.boolean(),
});

describe("settings", () => {
  it("are found again as they were kept", () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const storage = storageWith(null);
        writeSettings(storage, settings);
        expect(readSettings(storage)).toEqual(settings);
      }),
    );
  });

  it("are as usual where nothing, or nothing that makes sense, was kept", () => {
    for (const text of [null, "", "{", "null", "[]", "7", '"dark"'])
      expect(readSettings(storageWith(text))).toEqual(usualSettings);
  });

  it("keep what is understood beside what is not", () => {
    const kept = {
      theme: "light",
      contrast: "blinding",
      labels: "no",
      density: 3,
      singleKeys: false,
      sound: true,
    };
    expect(readSettings(storageWith(JSON.stringify(kept)))).toEqual({
      ...usualSettings,
      theme: "light",
      singleKeys: false,
    });
  });

  it("are always settings, whatever stands in the storage", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(usualSettings)), fc.jsonValue()), (kept) => {
        const settings = readSettings(storageWith(JSON.stringify(kept)));
        expect(Object.keys(settings).toSorted()).toEqual(Object.keys(usualSettings).toSorted());
        for (const [key, choices] of Object.entries(settingChoices))
          expect(choices).toContain(Reflect.get(settings, key));
        expect(densities).toContain(settings.density);
      }),
    );
  });

  it("cost nothing but comfort where the browser refuses to keep anything", () => {
    const refusing = {
      getItem: (): string => {
        throw new Error("denied");
      },
      setItem: (): void => {
        throw new Error("full");
      },
    };
    expect(readSettings(refusing)).toEqual(usualSettings);
    expect(() => writeSettings(refusing, usualSettings)).not.toThrow();
  });
});
