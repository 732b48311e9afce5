import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import type { ItemRef } from "#domain/node-path.ts";
import { meshOfThree } from "#testing/mesh-of-three.ts";
import { renderView } from "#testing/render-view.tsx";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

import { DetailsPanel } from "./DetailsPanel.tsx";

afterEach(cleanup);

function show(selection: ItemRef): TestApp {
  const test = createTestApp(meshOfThree());
  test.app.actions.select(selection);
  renderView(test, <DetailsPanel />);
  return test;
}

/** What stands beside a name. */
function fact(name: string): string | null | undefined {
  return screen.getByText(name).nextElementSibling?.textContent;
}

it("says of another region which services there take part, and leads there", () => {
  const { app } = show({ kind: "node", path: ["us-east-1", "eu-west-1"] });
  expect(screen.getByText("another region")).toBeDefined();
  expect(fact("Called there")).toBe("ledger.shop, stock.shop");
  expect(fact("Callers there")).toBe("stock.shop");
  fireEvent.click(screen.getByRole("button", { name: "Go to eu-west-1" }));
  expect(app.store.getState().view.focus).toEqual(["eu-west-1"]);
});

it("says how the unknown region can be mended", () => {
  show({ kind: "node", path: ["unknown"] });
  expect(screen.getByText(/under “regions:” of the feed/)).toBeDefined();
});

it("says no such thing of a region that has a name, and counts only its services", () => {
  show({ kind: "node", path: ["us-east-1"] });
  expect(screen.queryByText(/No source says which region/)).toBeNull();
  expect(screen.getByText("Capacity from: config")).toBeDefined();
  expect(screen.getByText(/3 nodes/)).toBeDefined();
});

it("says where a service's capacity comes from, once", () => {
  show({ kind: "node", path: ["us-east-1", "cart"] });
  expect(screen.getByText("Capacity from: HPA limit of 12 replicas")).toBeDefined();
  expect(screen.queryByText("capacityFrom")).toBeNull();
});

it("says of an edge who saw it, over how long, how much of it and what is spoken", () => {
  show({ kind: "edge", parent: ["us-east-1"], source: "web", target: "eu-west-1" });
  expect(fact("Source")).toBe("mesh");
  expect(fact("Rates are averaged over")).toBe("1 min");
  expect(fact("Sampled")).toBe("10.0 % observed, scaled up");
  expect(fact("Protocol")).toBe("http");
  expect(screen.getByText(/calls ledger.shop, stock.shop in eu-west-1/)).toBeDefined();
});
