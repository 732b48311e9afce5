import type { Page } from "@playwright/test";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far apart the picture is felt in each go, CSS pixels: rings are found in the first, quiet edges in the last. */
const steps = [56, 28, 14, 7];

/**
 * Where something is on the canvas, which the DOM does not know: goes over the picture with a pointer, as a person would, until the tooltip begins with the
 * name ("cart", "cart → store"). CSS pixels of the page. Done in the page: thousands of moves through the driver would take minutes.
 */
export async function findOnPicture(page: Page, name: string): Promise<Point> {
  const found = await page.evaluate(feelPicture, { name, steps });
  if (found === undefined) throw new Error(`"${name}" is not on the picture.`);
  return found;
}

async function feelPicture({
  name,
  steps: goes,
}: {
  readonly name: string;
  readonly steps: readonly number[];
}) {
  const host = document.querySelector<HTMLElement>("[data-testid=picture]");
  if (host === null) throw new Error("There is no picture.");
  const move = (type: string, x: number, y: number) =>
    host.dispatchEvent(
      new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", bubbles: true }),
    );
  // React shows what the pointer has changed before the next task.
  const { port1, port2 } = new MessageChannel();
  const nextTask = () =>
    new Promise<void>((resolve) => {
      port1.addEventListener("message", () => resolve(), { once: true });
      port2.postMessage(undefined);
    });
  port1.start();
  const { left, top, right, bottom } = host.getBoundingClientRect();
  for (const step of goes) {
    for (let y = top + step / 2; y < bottom; y += step) {
      for (let x = left + step / 2; x < right; x += step) {
        move("pointermove", x, y);
        // What covers the picture keeps the pointer from it.
        if (host.style.cursor !== "pointer" || document.elementFromPoint(x, y)?.parentElement !== host)
          continue;
        await nextTask();
        const text = document.querySelector("[data-testid=tooltip] > :first-child")?.textContent;
        if (text !== name) continue;
        move("pointerleave", x, y);
        return { x, y };
      }
    }
  }
  return undefined;
}
