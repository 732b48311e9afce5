import { afterEach, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import type { LayoutService } from "./view-places.ts";

let test: TestApp | undefined;

afterEach(() => test?.app.dispose());

it("lays a view out for the window, whatever is open in it", () => {
  const aspects: number[] = [];
  const layout: LayoutService = {
    request: ({ keys, aspect }, listener) => {
      aspects.push(aspect);
      listener({ xy: new Float32Array(2 * keys.length) }, true);
      return () => undefined;
    },
  };
  test = createTestApp(twoRegions(), "", { layout });
  const { actions } = test.app;
  actions.resize({ width: 1000, height: 700 }, { left: 0, top: 48, right: 360, bottom: 48 });
  actions.enter(["east"]);
  expect(aspects).toHaveLength(2);
  expect(aspects[1]).toBe(aspects[0]);
});
