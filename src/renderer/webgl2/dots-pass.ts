import type { Camera } from "#scene/camera.ts";
import { laneProfileEnd } from "#scene/flow-law.ts";
import { emphasisLevels, type SceneClass } from "#scene/scene.ts";

import { dotScale, dotShapes, dotStyle } from "../dot-style.ts";
import type { FlowState } from "../flow-state.ts";
import { classColor, type Palette } from "../palette.ts";
import { ColorReader } from "../software/pack-color.ts";
import fragmentSource from "./dots.frag?raw";
import vertexSource from "./dots.vert?raw";
import { FlowTextures } from "./flow-textures.ts";
import { GlProgram } from "./gl-program.ts";
import { SlotBuffer } from "./slot-buffer.ts";

/** Classes that the shaders have room for; equals limits.classes. */
const mostClasses = 16;

/** How much of a dimmed dot's colour remains; the software engine mixes the same. */
const dimmedShare = 0.16;

export interface DotsView {
  readonly camera: Camera;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  /** See flowTime. */
  readonly time: number;
  readonly thinning: number;
}

/** Draws all dots in one call. */
export class DotsPass {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: GlProgram;
  readonly #textures: FlowTextures;
  readonly #slots: SlotBuffer;
  readonly #reader = new ColorReader();
  readonly #radius = new Float32Array(mostClasses);
  readonly #onTop = new Float32Array(mostClasses);
  readonly #shape = new Int32Array(mostClasses);
  readonly #colors = new Float32Array(mostClasses * 3 * 3);
  #classes: readonly SceneClass[] = [];

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = new GlProgram(gl, vertexSource, fragmentSource);
    this.#textures = new FlowTextures(gl);
    this.#slots = new SlotBuffer(gl);
  }

  get uploadedBytes(): number {
    return this.#textures.uploadedBytes + this.#slots.uploadedBytes;
  }

  setStyle(classes: readonly SceneClass[], palette: Palette): void {
    this.#classes = classes;
    const ground = this.#rgb(palette.ground);
    classes.forEach((item, index) => {
      const style = dotStyle(item, index);
      this.#onTop[index] = style.isOnTop ? 1 : 0;
      this.#shape[index] = dotShapes.indexOf(style.shape);
      const color = this.#rgb(classColor(palette, classes, index));
      const dimmed = color.map((channel, i) => ground[i]! * (1 - dimmedShare) + channel * dimmedShare);
      this.#colors.set(color, (emphasisLevels.usual * mostClasses + index) * 3);
      this.#colors.set(color, (emphasisLevels.raised * mostClasses + index) * 3);
      this.#colors.set(dimmed, (emphasisLevels.dimmed * mostClasses + index) * 3);
    });
  }

  /** Packs the slots anew, in the order of the edges: the picture after a jump must not depend on what was there before. */
  restart(): void {
    this.#slots.restart();
  }

  /** Returns how many slots were drawn; those without a dot cost a vertex and no pixel. */
  draw(flow: FlowState, view: DotsView): number {
    const gl = this.#gl;
    this.#textures.update(flow);
    this.#slots.update(flow);
    if (this.#slots.count === 0) return 0;
    const program = this.#program;
    program.use();
    this.#bind(0, "curves", this.#textures.curves);
    this.#bind(1, "belts", this.#textures.belts);
    this.#bind(2, "history", this.#textures.history);
    gl.uniform1iv(program.uniform("historyRow"), this.#textures.rowOf);
    gl.uniform1i(program.uniform("rowLines"), this.#textures.rowLines);
    gl.uniform1i(program.uniform("stride"), this.#textures.stride);
    gl.uniform1i(program.uniform("classes"), this.#classes.length);
    gl.uniform1ui(program.uniform("time"), view.time);
    gl.uniform1f(program.uniform("thinning"), view.thinning);
    gl.uniform1f(program.uniform("laneProfileEnd"), laneProfileEnd);
    gl.uniform3f(program.uniform("camera"), view.camera.x, view.camera.y, view.camera.zoom * view.pixelRatio);
    gl.uniform2f(program.uniform("clipScale"), 2 / view.width, -2 / view.height);
    const scale = dotScale(view.camera.zoom) * view.pixelRatio;
    this.#classes.forEach((item, index) => (this.#radius[index] = dotStyle(item, index).radius * scale));
    gl.uniform1fv(program.uniform("radius"), this.#radius);
    gl.uniform1fv(program.uniform("onTop"), this.#onTop);
    gl.uniform1iv(program.uniform("shape"), this.#shape);
    gl.uniform3fv(program.uniform("colors"), this.#colors);
    gl.bindVertexArray(this.#slots.array);
    gl.drawArrays(gl.POINTS, 0, this.#slots.count);
    return this.#slots.count;
  }

  #bind(unit: number, name: string, texture: WebGLTexture): void {
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniform1i(this.#program.uniform(name), unit);
  }

  #rgb(color: string): readonly [number, number, number] {
    const packed = this.#reader.read(color);
    return [(packed & 255) / 255, ((packed >>> 8) & 255) / 255, ((packed >>> 16) & 255) / 255];
  }

  dispose(): void {
    this.#program.dispose();
    this.#textures.dispose();
    this.#slots.dispose();
  }
}
