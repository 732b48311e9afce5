import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { HelpDialog } from "./HelpDialog.tsx";

afterEach(cleanup);

it("lists every command that has a key", () => {
  const test = createTestApp();
  renderView(test, <HelpDialog onClose={() => undefined} />);
  const titles = test.app.commands.filter(({ keys }) => keys.length > 0).map(({ title }) => title);
  expect(titles.filter((title) => screen.queryAllByText(title).length === 0)).toEqual([]);
});

it("says when single keys are switched off", () => {
  const test = createTestApp();
  test.app.actions.changeSettings({ singleKeys: false });
  renderView(test, <HelpDialog onClose={() => undefined} />);
  expect(screen.getByText(/Single keys are switched off/)).toBeDefined();
});
