import { afterEach, beforeEach, expect, it } from "vitest";

import type { Dispose } from "#base/disposer.ts";

import { listenToPointers, type PointerTarget } from "./pointer-input.ts";

let told: string[] = [];
let stop: Dispose = () => {};
let picture: HTMLElement = document.body;
let sheet: HTMLElement = document.body;

beforeEach(() => {
  told = [];
  picture = document.createElement("div");
  // The layout of the test's DOM knows no pointers to capture.
  picture.setPointerCapture = () => undefined;
  sheet = document.createElement("button");
  document.body.append(picture, sheet);
  stop = listenToPointers(picture, target());
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function target(): PointerTarget {
  const tell = (what: string) => () => {
    told.push(what);
    return false;
  };
  return {
    hover: tell("hover"),
    tap: tell("tap"),
    doubleTap: tell("doubleTap"),
    grab: tell("grab"),
    dragTo: tell("dragTo"),
    drop: tell("drop"),
    pan: tell("pan"),
    zoom: tell("zoom"),
  };
}

interface Press {
  readonly x: number;
  readonly y: number;
  readonly kind?: "touch" | "mouse";
  /** How many clicks there have been in a row, as the system counts. */
  readonly detail?: number;
}

function press(element: HTMLElement, { x, y, kind = "touch", detail = 1 }: Press): void {
  const mouse = { bubbles: true, composed: true, clientX: x, clientY: y, detail };
  const pointer = { ...mouse, pointerId: 1, pointerType: kind };
  element.dispatchEvent(new PointerEvent("pointerdown", pointer));
  if (kind === "mouse") element.dispatchEvent(new MouseEvent("mousedown", mouse));
  element.dispatchEvent(new PointerEvent("pointerup", pointer));
  if (kind === "touch") element.dispatchEvent(new MouseEvent("mousedown", mouse));
  element.dispatchEvent(new MouseEvent("click", mouse));
}

it("tells two taps at one place as a tap and a double tap", () => {
  press(picture, { x: 100, y: 100 });
  press(picture, { x: 104, y: 98 });
  press(picture, { x: 104, y: 98 });
  expect(told).toEqual(["tap", "doubleTap", "tap"]);
});

it("tells two taps at two places as two taps", () => {
  press(picture, { x: 100, y: 100 });
  press(picture, { x: 160, y: 100 });
  expect(told).toEqual(["tap", "tap"]);
});

it("leaves it to the system what a double click is", () => {
  press(picture, { x: 100, y: 100, kind: "mouse" });
  press(picture, { x: 100, y: 100, kind: "mouse" });
  press(picture, { x: 100, y: 100, kind: "mouse", detail: 2 });
  press(picture, { x: 100, y: 100, kind: "mouse", detail: 3 });
  expect(told).toEqual(["tap", "tap", "doubleTap", "tap"]);
});

it("takes the second tap where the first has put something over the picture, which then does not hear of it", () => {
  let presses = 0;
  sheet.addEventListener("click", () => {
    presses += 1;
  });
  for (const kind of ["touch", "mouse"] as const) {
    told = [];
    presses = 0;
    press(picture, { x: 100, y: 100, kind });
    press(sheet, { x: 102, y: 101, kind, detail: 2 });
    expect(told).toEqual(["tap", "doubleTap"]);
    expect(presses).toBe(0);
    press(sheet, { x: 102, y: 101, kind, detail: 3 });
    expect(told).toEqual(["tap", "doubleTap"]);
    expect(presses).toBe(1);
  }
});

it("leaves other things their presses", () => {
  let presses = 0;
  sheet.addEventListener("click", () => {
    presses += 1;
  });
  press(picture, { x: 100, y: 100 });
  press(sheet, { x: 300, y: 300 });
  expect(told).toEqual(["tap"]);
  expect(presses).toBe(1);
});

it("leaves the next press its click when the click of the second tap never came, since its target was gone", () => {
  let presses = 0;
  sheet.addEventListener("click", () => {
    presses += 1;
  });
  const second = { bubbles: true, clientX: 102, clientY: 101, detail: 2, pointerId: 1, pointerType: "mouse" };
  press(picture, { x: 100, y: 100, kind: "mouse" });
  sheet.dispatchEvent(new PointerEvent("pointerdown", second));
  sheet.dispatchEvent(new MouseEvent("mousedown", second));
  picture.dispatchEvent(new PointerEvent("pointerup", second));
  expect(told).toEqual(["tap", "doubleTap"]);
  press(sheet, { x: 300, y: 300, kind: "mouse" });
  expect(presses).toBe(1);
});
