import type { Dispose } from "#base/disposer.ts";
import type { Point } from "#base/point.ts";

/** What a pointer can mean on the picture; whoever handles it knows what lies there. */
export interface PointerTarget {
  /** The pointer rests at a point, or has left (undefined). */
  hover(at: Point | undefined): void;
  tap(at: Point, kind: "mouse" | "finger"): void;
  /** A tap came shortly before, at the same place. */
  doubleTap(at: Point): void;
  /** A drag begins: true when something at the point is taken along, false when the picture is to be moved. */
  grab(at: Point, kind: "mouse" | "finger"): boolean;
  dragTo(at: Point): void;
  drop(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
}

/** A pointer that moves less than this between down and up has tapped, CSS pixels. */
const dragFrom = { mouse: 4, finger: 10 } as const;

/** Two taps of a finger within this time are one double tap; how fast a mouse must be, its owner has told the system. */
const doubleTapMs = 320;
const doubleTapPx = 24;

/** A button is let go within this time after it was pressed, or it was no click. */
const longestClickMs = 700;

/** Zoom per CSS pixel of a wheel; a notch of a mouse is about 100. */
const zoomPerPixel = 0.0016;
const zoomPerPixelOfPinch = 0.01;

interface Down {
  readonly at: Point;
  readonly kind: "mouse" | "finger";
  readonly isMiddle: boolean;
  isSecond: boolean;
  last: Point;
  isDrag: boolean;
  hasGrabbed: boolean;
}

/** Listens to mouse, pen and fingers on an element and says what they mean. Positions are CSS pixels from the element's corner. */
export function listenToPointers(element: HTMLElement, target: PointerTarget): Dispose {
  const downs = new Map<number, Down>();
  let lastTap: { readonly at: Point; readonly time: number } | undefined;
  let eatClickUntil = -Infinity;

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function onDown(event: PointerEvent): void {
    if (event.button > 1) return;
    element.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    // A second finger turns a drag into a pinch.
    for (const down of downs.values()) if (down.hasGrabbed) endGrab(down);
    const kind = event.pointerType === "touch" ? "finger" : "mouse";
    downs.set(event.pointerId, {
      at,
      kind,
      isMiddle: event.button === 1,
      isSecond: isSecondFinger(event),
      last: at,
      isDrag: false,
      hasGrabbed: false,
    });
  }

  function onMove(event: PointerEvent): void {
    const at = pointOf(event);
    const down = downs.get(event.pointerId);
    if (down === undefined) {
      if (event.pointerType !== "touch") target.hover(at);
      return;
    }
    if (downs.size === 2) pinch(event.pointerId, at);
    else if (downs.size === 1) drag(down, at);
    down.last = at;
  }

  function drag(down: Down, at: Point): void {
    if (!down.isDrag) {
      if (Math.hypot(at.x - down.at.x, at.y - down.at.y) < dragFrom[down.kind]) return;
      down.isDrag = true;
      lastTap = undefined;
      // The middle button takes hold of the picture, whatever lies under it.
      down.hasGrabbed = !down.isMiddle && target.grab(down.at, down.kind);
    }
    if (down.hasGrabbed) target.dragTo(at);
    else target.pan(at.x - down.last.x, at.y - down.last.y);
  }

  function pinch(moved: number, at: Point): void {
    const [first, second] = [...downs.entries()];
    if (first === undefined || second === undefined) return;
    const still = first[0] === moved ? second[1] : first[1];
    const moving = first[0] === moved ? first[1] : second[1];
    const before = Math.hypot(moving.last.x - still.last.x, moving.last.y - still.last.y);
    const after = Math.hypot(at.x - still.last.x, at.y - still.last.y);
    const middle = { x: (at.x + still.last.x) / 2, y: (at.y + still.last.y) / 2 };
    moving.isDrag = true;
    still.isDrag = true;
    target.pan((at.x - moving.last.x) / 2, (at.y - moving.last.y) / 2);
    if (before > 8) target.zoom(after / before, middle);
  }

  function onUp(event: PointerEvent): void {
    const down = downs.get(event.pointerId);
    downs.delete(event.pointerId);
    if (down === undefined) return;
    if (down.hasGrabbed) endGrab(down);
    if (down.isDrag || down.isMiddle || event.type === "pointercancel") return;
    const at = pointOf(event);
    lastTap = down.isSecond ? undefined : { at, time: event.timeStamp };
    if (down.isSecond) target.doubleTap(at);
    else target.tap(at, down.kind);
  }

  function isAtLastTap(event: MouseEvent): boolean {
    const at = pointOf(event);
    return lastTap !== undefined && Math.hypot(at.x - lastTap.at.x, at.y - lastTap.at.y) < doubleTapPx;
  }

  function isSecondFinger(event: PointerEvent): boolean {
    if (event.pointerType !== "touch" || lastTap === undefined) return false;
    return event.timeStamp - lastTap.time < doubleTapMs && isAtLastTap(event);
  }

  function onPressAnywhere(event: PointerEvent): void {
    // What was covered may be gone, and then the click that was to be eaten never comes: the next press owns its own.
    eatClickUntil = -Infinity;
    if (isSecondFinger(event)) takeFromCover(event);
  }

  /** Comes after `pointerdown`, and only from a mouse before the button is let go. */
  function onMouseAnywhere(event: MouseEvent): void {
    if (event.detail % 2 !== 0 || !isAtLastTap(event)) return;
    for (const down of downs.values()) if (down.kind === "mouse") down.isSecond = true;
    takeFromCover(event);
  }

  /** What the first tap has opened may lie over the picture where the second one comes: the second one is the picture's all the same. */
  function takeFromCover(event: MouseEvent): void {
    if (event.composedPath().includes(element)) return;
    lastTap = undefined;
    eatClickUntil = event.timeStamp + longestClickMs;
    event.stopPropagation();
    target.doubleTap(pointOf(event));
  }

  function onClickAnywhere(event: MouseEvent): void {
    if (event.timeStamp > eatClickUntil) return;
    eatClickUntil = -Infinity;
    event.stopPropagation();
    event.preventDefault();
  }

  function endGrab(down: Down): void {
    down.hasGrabbed = false;
    target.drop();
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.shiftKey) {
      target.pan(-(event.deltaX + event.deltaY) * unit, 0);
      return;
    }
    // Browsers tell a pinch on a touchpad as a wheel with Ctrl, in small steps.
    const speed = event.ctrlKey ? zoomPerPixelOfPinch : zoomPerPixel;
    target.zoom(Math.exp(-event.deltaY * unit * speed), pointOf(event));
  }

  const onLeave = (): void => target.hover(undefined);
  const ended = new AbortController();
  const { signal } = ended;
  element.addEventListener("pointerdown", onDown, { signal });
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerup", onUp, { signal });
  element.addEventListener("pointercancel", onUp, { signal });
  element.addEventListener("pointerleave", onLeave, { signal });
  window.addEventListener("pointerdown", onPressAnywhere, { signal, capture: true });
  window.addEventListener("mousedown", onMouseAnywhere, { signal, capture: true });
  window.addEventListener("click", onClickAnywhere, { signal, capture: true });
  // A wheel over the picture must not scroll the page, which only a listener that is not passive can prevent.
  element.addEventListener("wheel", onWheel, { signal, passive: false });
  return () => ended.abort();
}
