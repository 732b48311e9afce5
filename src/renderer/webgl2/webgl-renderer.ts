import { frozenAt, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { Camera, Viewport } from "#scene/camera.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import { flowTime } from "#scene/flow-law.ts";
import type { Emphasis, SceneClass, SceneStructure, SceneValues } from "#scene/scene.ts";

import { FlowState } from "../flow-state.ts";
import type { Palette } from "../palette.ts";
import { captureCanvas } from "../picture/capture-canvas.ts";
import type { PictureOptions } from "../picture/picture-input.ts";
import { StillPicture } from "../picture/still-picture.ts";
import type { FrameResult, FrameState, Renderer, Transition } from "../renderer.ts";
import { ColorReader } from "../software/pack-color.ts";
import { DotsPass } from "./dots-pass.ts";
import {
  createPictureTexture,
  PicturePass,
  uploadPicture,
  type PicturePlace,
  type Rgba,
} from "./picture-pass.ts";

/** What lives on the graphics card; made anew when the context has been lost. */
interface CardResources {
  readonly dots: DotsPass;
  readonly pictures: PicturePass;
  readonly under: WebGLTexture;
  readonly over: WebGLTexture;
  readonly kept: WebGLTexture;
}

const nothing: Rgba = [0, 0, 0, 0];

/** Draws on a graphics card in three calls a frame, whatever the graph: lanes, dots, nodes; four during a transition. */
export class WebglRenderer implements Renderer {
  readonly kind = "webgl2";
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #gl: WebGL2RenderingContext;
  readonly #still: StillPicture;
  readonly #flow = new FlowState();
  readonly #reader = new ColorReader();
  #card: CardResources | undefined;
  #classes: readonly SceneClass[] = [];
  #palette: Palette | undefined;
  #ground: Rgba = [0, 0, 0, 1];
  #time: TimeMap = frozenAt(0, 0);
  #wall = 0;
  #lastFrame: FrameState | undefined;
  #hasKept = false;
  /** Draw calls since the renderer was made, for the benches. */
  drawCalls = 0;

  /** `onContext` hears when the graphics context is lost and when it has come back; nothing is drawn in between. */
  constructor(
    canvas: HTMLCanvasElement | OffscreenCanvas,
    now: () => Millis,
    onContext: (isLost: boolean) => void,
  ) {
    this.#canvas = canvas;
    this.#still = new StillPicture(false, now);
    const gl = canvas.getContext("webgl2", {
      alpha: false,
      antialias: false,
      depth: true,
      powerPreference: "high-performance",
    });
    if (gl === null) throw new Error("This browser has no WebGL2.");
    this.#gl = gl;
    this.#card = createCard(gl);
    canvas.addEventListener("webglcontextlost", (event) => {
      // Without this the browser would never restore it.
      event.preventDefault();
      this.#card = undefined;
      onContext(true);
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.#card = createCard(gl);
      this.#hasKept = false;
      this.#still.repaint();
      this.#style();
      onContext(false);
    });
  }

  get uploadedBytes(): number {
    return this.#card?.dots.uploadedBytes ?? 0;
  }

  setScene(structure: SceneStructure, values: SceneValues): void {
    this.#still.setScene(structure, values);
    this.#flow.setScene(structure, values, flowTime(motionTimeAt(this.#time, this.#wall)));
    if (structure.classes === this.#classes) return;
    this.#classes = structure.classes;
    this.#style();
  }

  setEmphasis(emphasis: Emphasis): void {
    this.#still.setEmphasis(emphasis);
    this.#flow.setEmphasis(emphasis);
  }

  setAppearance(palette: Palette, options: PictureOptions): void {
    this.#still.setAppearance(palette, options);
    this.#palette = palette;
    this.#style();
  }

  fontsChanged(): void {
    this.#still.fontsChanged();
  }

  setFlow(rows: readonly FlowRow[]): void {
    this.#flow.history.setRows(rows);
  }

  addFlow(row: FlowRow, keepFrom: Millis): void {
    this.#flow.history.addRow(row, keepFrom);
  }

  restartFlow(): void {
    this.#flow.restart();
    this.#card?.dots.restart();
  }

  resize(viewport: Viewport, pixelRatio: number): void {
    this.#still.resize(viewport, pixelRatio);
    this.#canvas.width = Math.max(1, Math.round(viewport.width * pixelRatio));
    this.#canvas.height = Math.max(1, Math.round(viewport.height * pixelRatio));
    this.#hasKept = false;
  }

  keepLastFrame(): void {
    const gl = this.#gl;
    if (this.#card === undefined || this.#lastFrame === undefined) return;
    // The browser has taken the pixels of the last frame: it is drawn again to be read.
    this.draw(this.#lastFrame);
    gl.bindTexture(gl.TEXTURE_2D, this.#card.kept);
    gl.copyTexImage2D(gl.TEXTURE_2D, 0, gl.RGB, 0, 0, this.#canvas.width, this.#canvas.height, 0);
    this.#hasKept = true;
  }

  draw(frame: FrameState): FrameResult {
    this.#time = frame.time;
    this.#wall = frame.wall;
    this.#lastFrame = frame;
    const gl = this.#gl;
    const card = this.#card;
    if (card === undefined || gl.isContextLost()) return { dots: 0, labels: undefined };
    const labels = this.#still.prepare(frame);
    if (labels !== undefined) {
      uploadPicture(gl, card.under, this.#still.under);
      uploadPicture(gl, card.over, this.#still.over);
    }
    const place = this.#place(frame.camera);
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    card.pictures.draw(card.under, place, this.#ground, 1);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const dots = frame.dots && frame.transition === undefined ? this.#drawDots(card, frame) : 0;
    card.pictures.draw(card.over, place, nothing, 1);
    this.drawCalls += 2;
    if (frame.transition !== undefined && this.#hasKept) this.#drawKept(card, frame.transition);
    return { dots, labels };
  }

  #drawDots(card: CardResources, frame: FrameState): number {
    const gl = this.#gl;
    this.#flow.history.advance(frame.time, frame.wall);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.clear(gl.DEPTH_BUFFER_BIT);
    const dots = card.dots.draw(this.#flow, {
      camera: frame.camera,
      width: this.#canvas.width,
      height: this.#canvas.height,
      pixelRatio: this.#still.pixelRatio,
      time: flowTime(motionTimeAt(frame.time, frame.wall)),
      thinning: frame.thinning,
    });
    gl.disable(gl.DEPTH_TEST);
    this.drawCalls += 1;
    return dots;
  }

  #drawKept(card: CardResources, { progress, anchor, direction }: Transition): void {
    const magnified = direction === "enter" ? 1 + progress * 2.5 : 1 - progress * 0.7;
    const scale = 1 / magnified;
    const { width, height } = this.#canvas;
    const x = (anchor.x * this.#still.pixelRatio) / width;
    const y = (anchor.y * this.#still.pixelRatio) / height;
    // A frame that was read back stands on its head.
    const place = { scaleX: scale, scaleY: -scale, offsetX: x * (1 - scale), offsetY: 1 - y * (1 - scale) };
    this.#gl.blendFunc(this.#gl.ONE, this.#gl.ONE_MINUS_SRC_ALPHA);
    card.pictures.draw(card.kept, place, nothing, 1 - progress);
    this.drawCalls += 1;
  }

  /** Where the painted picture lies on the screen, whose camera may have moved since. */
  #place(camera: Camera): PicturePlace {
    const painted = this.#still.paintedCamera ?? camera;
    const { pixelRatio } = this.#still;
    const { width, height } = this.#canvas;
    const paintedWidth = this.#still.under.width;
    const paintedHeight = this.#still.under.height;
    const scale = painted.zoom / camera.zoom;
    const perWorld = painted.zoom * pixelRatio;
    return {
      scaleX: (scale * width) / paintedWidth,
      scaleY: (scale * height) / paintedHeight,
      offsetX: 0.5 + ((camera.x - painted.x) * perWorld - (width / 2) * scale) / paintedWidth,
      offsetY: 0.5 + ((camera.y - painted.y) * perWorld - (height / 2) * scale) / paintedHeight,
    };
  }

  #style(): void {
    if (this.#palette === undefined) return;
    const ground = this.#reader.read(this.#palette.ground);
    this.#ground = [(ground & 255) / 255, ((ground >>> 8) & 255) / 255, ((ground >>> 16) & 255) / 255, 1];
    this.#card?.dots.setStyle(this.#classes, this.#palette);
  }

  capture(): Promise<Blob | undefined> {
    if (this.#lastFrame !== undefined) this.draw(this.#lastFrame);
    return captureCanvas(this.#canvas);
  }

  dispose(): void {
    this.#card?.dots.dispose();
    this.#card?.pictures.dispose();
    this.#card = undefined;
  }
}

function createCard(gl: WebGL2RenderingContext): CardResources {
  return {
    dots: new DotsPass(gl),
    pictures: new PicturePass(gl),
    under: createPictureTexture(gl),
    over: createPictureTexture(gl),
    kept: createPictureTexture(gl),
  };
}
