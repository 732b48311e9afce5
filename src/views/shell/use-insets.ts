import { useLayoutEffect, useState, type RefObject } from "react";

import { noInsets, type Insets } from "#scene/camera.ts";

/** Marks a child of the screen that covers an edge of the picture: "top", "right" or "bottom". */
export const coverMark = "data-covers";

/** The room that bars and panels cover, kept up to date as they come, go and change size. */
export function useInsets(root: RefObject<HTMLElement | null>): Insets {
  const [insets, setInsets] = useState<Insets>(noInsets);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const next = measureInsets(element);
      setInsets((before) => (isSame(before, next) ? before : next));
    };
    const sizes = new ResizeObserver(measure);
    const watch = (): void => {
      sizes.disconnect();
      sizes.observe(element);
      for (const cover of coversOf(element)) sizes.observe(cover);
      measure();
    };
    const children = new MutationObserver(watch);
    children.observe(element, { childList: true });
    watch();
    return () => {
      sizes.disconnect();
      children.disconnect();
    };
  }, [root]);
  return insets;
}

function coversOf(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`:scope > [${coverMark}]`)];
}

function measureInsets(root: HTMLElement): Insets {
  const { width, height } = { width: root.clientWidth, height: root.clientHeight };
  let { left, top, right, bottom } = noInsets;
  for (const cover of coversOf(root)) {
    // Offsets rather than rectangles: an animation that slides something in must not count.
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = cover;
    if (offsetWidth === 0 || offsetHeight === 0) continue;
    switch (cover.getAttribute(coverMark)) {
      case "top":
        top = Math.max(top, offsetTop + offsetHeight);
        break;
      case "right":
        right = Math.max(right, width - offsetLeft);
        break;
      case "bottom":
        bottom = Math.max(bottom, height - offsetTop);
        break;
      case "left":
        left = Math.max(left, offsetLeft + offsetWidth);
        break;
      case null:
      default:
    }
  }
  return { left, top, right, bottom };
}

function isSame(a: Insets, b: Insets): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}
