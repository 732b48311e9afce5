import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import type { Diagnostic } from "#domain/diagnostic.ts";
import { twoRegions } from "#testing/builders.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { DataProblems } from "../top-bar/DataProblems.tsx";
import { ProblemsDialog } from "./ProblemsDialog.tsx";

afterEach(cleanup);

function withProblems(problems: readonly Diagnostic[]): TestApp {
  const test = createTestApp();
  test.player.tell({
    source: { title: "Test", feed: "test", intervalMs: 1000, role: "viewer", problems },
  });
  test.player.show(twoRegions());
  return test;
}

const problem: Diagnostic = {
  kind: "dropped",
  place: "nodes[1].connections[0].target",
  found: 'target "<b>prod</b>" is not among the nodes',
  done: "left the connection out",
  about: { kind: "node", path: ["east", "cart"] },
};

describe("oddities in the data", () => {
  it("are counted in the bar only when there are some", () => {
    renderView(withProblems([]), <DataProblems />);
    expect(screen.queryByRole("button")).toBeNull();
    cleanup();
    const test = withProblems([problem]);
    renderView(test, <DataProblems />);
    fireEvent.click(screen.getByRole("button", { name: "1 oddity in the data" }));
    expect(test.app.store.getState().screen.dialog).toBe("problems");
  });

  it("are told with their place and what was done, as text", () => {
    renderView(withProblems([problem]), <ProblemsDialog onClose={() => undefined} />);
    const item = screen.getByRole("listitem");
    expect(item.textContent).toContain('target "<b>prod</b>" is not among the nodes');
    expect(item.textContent).toContain("left the connection out");
    expect(item.querySelector("b")).toBeNull();
  });

  it("lead to what they are about", () => {
    const test = withProblems([problem]);
    renderView(test, <ProblemsDialog onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(test.app.store.getState().view).toMatchObject({ focus: ["east"], selection: problem.about });
  });

  it("can be searched, and are not all elements at once", () => {
    const many = Array.from({ length: 2_000 }, (_, i) => ({ ...problem, place: `nodes[${i}]` }));
    renderView(withProblems(many), <ProblemsDialog onClose={() => undefined} />);
    expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
    fireEvent.change(screen.getByLabelText("Search in these"), { target: { value: "nodes[1999]" } });
    expect(screen.getByText("1 of 2000")).toBeDefined();
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
  });
});
