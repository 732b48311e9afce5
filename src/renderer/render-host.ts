import { assertNever } from "#base/assert.ts";
import { dataTimeAt, frozenAt, type TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import { zoomAt, type Camera, type Viewport } from "#scene/camera.ts";
import type { SceneStructure } from "#scene/scene.ts";

import { FrameLoop, type FrameTiming } from "./frame-loop.ts";
import { FrameStats } from "./frame-stats.ts";
import { QualityGovernor } from "./quality-governor.ts";
import type { RenderCommand, RenderReport } from "./render-message.ts";
import type { Renderer, Transition } from "./renderer.ts";

/** Length of the way from one view into another. */
export const transitionMs = 600;

/** The camera rests this long before the still picture is painted sharp. */
const restMs = 140;

/** How often the page hears about frames per second. */
const statsEveryMs = 1000;

/**
 * Drives one renderer: takes commands, decides when a frame is due, draws it. Lives in a worker where the browser lets it and on the page elsewhere;
 * it knows nothing of either.
 */
export class RenderHost {
  readonly #renderer: Renderer;
  readonly #loop: FrameLoop;
  readonly #timing: FrameTiming;
  readonly #report: (report: RenderReport) => void;
  readonly #stats = new FrameStats();
  readonly #governor = new QualityGovernor();
  #structure: SceneStructure | undefined;
  #time: TimeMap = frozenAt(0, 0);
  #camera: CameraMove = { from: origin, to: origin, began: 0, lasts: 0 };
  #viewport: Viewport = { width: 1, height: 1 };
  #pixelRatio = 1;
  #movedAt = -Infinity;
  #isVisible = true;
  #isAdaptive = true;
  #reducedMotion = false;
  #transition: { readonly began: Millis; readonly way: Omit<Transition, "progress"> } | undefined;
  #isDirty = true;
  #captures: number[] = [];
  #toldAt = 0;

  constructor(renderer: Renderer, timing: FrameTiming, report: (report: RenderReport) => void) {
    this.#renderer = renderer;
    this.#timing = timing;
    this.#report = report;
    this.#loop = new FrameLoop(timing, (wall) => this.#drawFrame(wall));
  }

  handle(command: RenderCommand): void {
    this.#apply(command);
    this.#isDirty = true;
    if (this.#isVisible) this.#loop.wake();
  }

  /** Draws the next frame even if nothing has changed: the graphics context has come back. */
  redraw(): void {
    this.#isDirty = true;
    this.#loop.wake();
  }

  dispose(): void {
    this.#loop.stop();
    this.#renderer.dispose();
  }

  #apply(command: RenderCommand): void {
    switch (command.kind) {
      case "scene":
        this.#setScene(command);
        return;
      case "values":
        if (this.#structure?.version === command.values.version)
          this.#renderer.setScene(this.#structure, command.values);
        return;
      case "row":
        if (this.#structure?.version === command.version)
          this.#renderer.addFlow(command.row, command.keepFrom);
        return;
      case "rows":
        if (this.#structure?.version !== command.version) return;
        this.#renderer.setFlow(command.rows);
        this.#renderer.restartFlow();
        return;
      case "emphasis":
        if (this.#structure?.version === command.version) this.#renderer.setEmphasis(command.emphasis);
        return;
      case "appearance":
        this.#reducedMotion = command.options.reducedMotion;
        this.#renderer.setAppearance(command.palette, command.options);
        return;
      case "camera":
        this.#moveCamera(command.camera, command.animateMs);
        return;
      case "size":
        this.#viewport = command.viewport;
        this.#pixelRatio = command.pixelRatio;
        this.#renderer.resize(command.viewport, this.#governor.pixelRatio(command.pixelRatio));
        return;
      case "time":
        this.#time = command.map;
        if (command.restart) this.#renderer.restartFlow();
        return;
      case "pace":
        this.#loop.leastGapMs = command.fps === undefined ? 0 : 1000 / command.fps;
        this.#isAdaptive = command.isAdaptive;
        return;
      case "visible":
        this.#isVisible = command.isVisible;
        this.#stats.reset();
        if (!command.isVisible) this.#loop.stop();
        return;
      case "fonts":
        this.#renderer.fontsChanged();
        return;
      case "capture":
        this.#captures.push(command.id);
        return;
      case "dispose":
        this.dispose();
        return;
      default:
        assertNever(command);
    }
  }

  #setScene(command: Extract<RenderCommand, { kind: "scene" }>): void {
    const isOtherView =
      this.#structure !== undefined && this.#structure.viewKey !== command.structure.viewKey;
    if (isOtherView && command.transition !== undefined && !this.#reducedMotion) {
      this.#renderer.keepLastFrame();
      this.#transition = { began: this.#timing.now(), way: command.transition };
    }
    this.#structure = command.structure;
    this.#renderer.setScene(command.structure, command.values);
    if (command.rows === undefined) return;
    this.#renderer.setFlow(command.rows);
    this.#renderer.restartFlow();
  }

  #moveCamera(camera: Camera, animateMs: number): void {
    const wall = this.#timing.now();
    const lasts = this.#reducedMotion ? 0 : animateMs;
    this.#camera = { from: cameraAt(this.#camera, wall), to: camera, began: wall, lasts };
    this.#movedAt = wall + lasts;
  }

  #drawFrame(wall: Millis): boolean {
    const began = this.#timing.now();
    const transition = this.#transitionAt(wall);
    const isMoving = wall - this.#movedAt < restMs;
    const runs =
      !this.#reducedMotion && this.#time.speed > 0 && dataTimeAt(this.#time, wall) < this.#time.holdAt;
    const camera = cameraAt(this.#camera, wall);
    const result = this.#renderer.draw({
      wall,
      time: this.#time,
      camera: transition === undefined ? camera : transitionCamera(camera, this.#viewport, transition),
      restCamera: camera,
      isMoving,
      thinning: this.#governor.thinning,
      dots: !this.#reducedMotion,
      transition,
    });
    if (result.labels !== undefined && this.#structure !== undefined)
      this.#report({ kind: "labels", version: this.#structure.version, labels: result.labels });
    for (const id of this.#captures.splice(0)) this.#capture(id);
    this.#measure(wall, began, result.dots, runs && !isMoving);
    this.#isDirty = false;
    return this.#isVisible && (runs || isMoving || transition !== undefined || this.#isDirty);
  }

  #measure(wall: Millis, began: Millis, dots: number, isSteady: boolean): void {
    this.#stats.add(wall, this.#timing.now() - began);
    if (wall - this.#toldAt < statsEveryMs) return;
    this.#toldAt = wall;
    const { framesPerSecond, drawMs, isMeaningful } = this.#stats.summary();
    if (this.#isAdaptive && isSteady && isMeaningful && this.#loop.leastGapMs === 0) {
      const before = this.#governor.pixelRatio(this.#pixelRatio);
      this.#governor.observe(framesPerSecond, dots, this.#pixelRatio);
      const after = this.#governor.pixelRatio(this.#pixelRatio);
      if (before !== after) {
        this.#renderer.resize(this.#viewport, after);
        // Frames of the other size say nothing of this one.
        this.#stats.reset();
      }
    }
    this.#report({ kind: "stats", framesPerSecond, drawMs, dots, thinning: this.#governor.thinning });
  }

  #transitionAt(wall: Millis): Transition | undefined {
    if (this.#transition === undefined) return undefined;
    const share = (wall - this.#transition.began) / transitionMs;
    if (share >= 1) {
      this.#transition = undefined;
      return undefined;
    }
    return { ...this.#transition.way, progress: easeOut(Math.max(0, share)) };
  }

  #capture(id: number): void {
    this.#renderer.capture().then(
      (image) => this.#report({ kind: "captured", id, image }),
      () => this.#report({ kind: "captured", id, image: undefined }),
    );
  }
}

interface CameraMove {
  readonly from: Camera;
  readonly to: Camera;
  readonly began: Millis;
  readonly lasts: number;
}

const origin: Camera = { x: 0, y: 0, zoom: 1 };

function cameraAt({ from, to, began, lasts }: CameraMove, wall: Millis): Camera {
  if (wall >= began + lasts) return to;
  const share = easeOut(Math.max(0, (wall - began) / lasts));
  // Zoom goes by ratio, and the place follows it, so that the way looks even.
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, zoom };
}

/** The new picture grows out of the anchor when entering; when leaving it comes from close by and settles. */
function transitionCamera(
  rest: Camera,
  viewport: Viewport,
  { anchor, direction, progress }: Transition,
): Camera {
  const from = direction === "enter" ? 0.35 : 1.9;
  return zoomAt(rest, viewport, anchor, from + (1 - from) * progress);
}

function easeOut(share: number): number {
  return 1 - (1 - share) ** 3;
}
